/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A queue's attributes, with the defaults and bounds of SQS. Times are in seconds.
 *
 * @param deadLetterArn null when the queue has no dead-letter queue
 */
public record QueueSettings(
        int visibility, int delay, int retention, int waiting, int maxBytes, String deadLetterArn, int maxReceives) {

    /** 1 MiB since August 2025. */
    static final int MAX_BYTES = 1 << 20;

    static final int MAX_VISIBILITY = 43_200;

    static final int MAX_DELAY = 900;

    static final int MAX_WAIT = 20;

    public static final QueueSettings DEFAULT = new QueueSettings(30, 0, 345_600, 0, MAX_BYTES, null, 0);

    /** These settings with the given attributes in place of their own; encryption and tags change nothing here. */
    public QueueSettings with(Map<String, String> attributes) throws SqsException {
        var s = this;
        for (var attribute : attributes.entrySet()) {
            s = s.with(attribute.getKey(), attribute.getValue());
        }
        return s;
    }

    private QueueSettings with(String name, String value) throws SqsException {
        return switch (name) {
            case "VisibilityTimeout" ->
                new QueueSettings(
                        number(name, value, 0, MAX_VISIBILITY),
                        delay,
                        retention,
                        waiting,
                        maxBytes,
                        deadLetterArn,
                        maxReceives);
            case "DelaySeconds" ->
                new QueueSettings(
                        visibility,
                        number(name, value, 0, MAX_DELAY),
                        retention,
                        waiting,
                        maxBytes,
                        deadLetterArn,
                        maxReceives);
            case "MessageRetentionPeriod" ->
                new QueueSettings(
                        visibility,
                        delay,
                        number(name, value, 60, 1_209_600),
                        waiting,
                        maxBytes,
                        deadLetterArn,
                        maxReceives);
            case "ReceiveMessageWaitTimeSeconds" ->
                new QueueSettings(
                        visibility,
                        delay,
                        retention,
                        number(name, value, 0, MAX_WAIT),
                        maxBytes,
                        deadLetterArn,
                        maxReceives);
            case "MaximumMessageSize" ->
                new QueueSettings(
                        visibility,
                        delay,
                        retention,
                        waiting,
                        number(name, value, 1_024, MAX_BYTES),
                        deadLetterArn,
                        maxReceives);
            case "RedrivePolicy" -> redrive(value);
            case "SqsManagedSseEnabled",
                    "KmsMasterKeyId",
                    "KmsDataKeyReusePeriodSeconds",
                    "Policy",
                    "RedriveAllowPolicy" -> this;
            case "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit" ->
                throw new SqsException(SqsError.UNSUPPORTED_OPERATION, "Only standard queues are emulated.");
            default -> throw new SqsException(SqsError.INVALID_ATTRIBUTE_NAME, "Unknown Attribute " + name + ".");
        };
    }

    private QueueSettings redrive(String policy) throws SqsException {
        if (policy.isEmpty()) {
            return new QueueSettings(visibility, delay, retention, waiting, maxBytes, null, 0);
        }
        try {
            var members = Json.object(policy.getBytes(StandardCharsets.UTF_8));
            if (members.get("deadLetterTargetArn") instanceof String arn && members.containsKey("maxReceiveCount")) {
                var receives = number("maxReceiveCount", String.valueOf(members.get("maxReceiveCount")), 1, 1_000);
                return new QueueSettings(visibility, delay, retention, waiting, maxBytes, arn, receives);
            }
        } catch (IOException e) {
            throw new SqsException(
                    SqsError.INVALID_ATTRIBUTE_VALUE, "Invalid value for the parameter RedrivePolicy.", e);
        }
        throw new SqsException(SqsError.INVALID_ATTRIBUTE_VALUE, "Invalid value for the parameter RedrivePolicy.");
    }

    private static int number(String name, String value, int least, int most) throws SqsException {
        try {
            var number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new SqsException(
                    SqsError.INVALID_ATTRIBUTE_VALUE, "Invalid value for the parameter " + name + ".", e);
        }
        throw new SqsException(SqsError.INVALID_ATTRIBUTE_VALUE, "Invalid value for the parameter " + name + ".");
    }

    /** As {@code GetQueueAttributes} names them; {@link #with} of the result gives these settings again. */
    public Map<String, String> attributes() {
        var all = new LinkedHashMap<String, String>();
        all.put("VisibilityTimeout", Integer.toString(visibility));
        all.put("DelaySeconds", Integer.toString(delay));
        all.put("MessageRetentionPeriod", Integer.toString(retention));
        all.put("ReceiveMessageWaitTimeSeconds", Integer.toString(waiting));
        all.put("MaximumMessageSize", Integer.toString(maxBytes));
        if (deadLetterArn != null) {
            var policy = new LinkedHashMap<String, Object>();
            policy.put("deadLetterTargetArn", deadLetterArn);
            policy.put("maxReceiveCount", maxReceives);
            all.put("RedrivePolicy", new String(Json.bytes(policy), StandardCharsets.UTF_8));
        }
        return all;
    }
}
