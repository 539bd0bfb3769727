/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import java.util.Map;

/** Throttling and failure in the words of each service, as SDKs know them and retry. */
final class Refusals {

    private Refusals() {}

    static Answer throttled(Call call) {
        return switch (call.service()) {
            case DYNAMODB, DYNAMODB_STREAMS ->
                answer(
                        call,
                        400,
                        "com.amazonaws.dynamodb.v20120810#ThrottlingException",
                        "Throughput exceeds the current capacity of your table or index.");
            case SQS ->
                answer(
                        call,
                        400,
                        "com.amazonaws.sqs#RequestThrottled",
                        "The request was denied due to request throttling.");
            case SSM -> answer(call, 400, "ThrottlingException", "Rate exceeded");
        };
    }

    static Answer internalError(Call call) {
        return switch (call.service()) {
            case DYNAMODB, DYNAMODB_STREAMS ->
                answer(call, 500, "com.amazonaws.dynamodb.v20120810#InternalServerError", "Internal server error");
            case SQS -> answer(call, 500, "com.amazon.coral.service#InternalFailure", "Internal failure");
            case SSM -> answer(call, 500, "InternalServerError", "Internal server error");
        };
    }

    private static Answer answer(Call call, int status, String type, String message) {
        return Answer.json(status, call.service().contentType(), Map.of("__type", type, "message", message));
    }
}
