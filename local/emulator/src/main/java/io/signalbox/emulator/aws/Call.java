/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

/**
 * One call of an SDK, as its {@code X-Amz-Target} names it.
 *
 * @param action as {@code PutItem} or {@code SendMessage}
 */
public record Call(Service service, String action) {

    /** Who is meant by a call. */
    public enum Service {
        DYNAMODB("DynamoDB_20120810", "application/x-amz-json-1.0"),
        DYNAMODB_STREAMS("DynamoDBStreams_20120810", "application/x-amz-json-1.0"),
        SQS("AmazonSQS", "application/x-amz-json-1.0"),
        SSM("AmazonSSM", "application/x-amz-json-1.1");

        private final String prefix;
        private final String contentType;

        Service(String prefix, String contentType) {
            this.prefix = prefix;
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }
    }

    /** The call that a target header names, or null when nobody here is meant. */
    static Call of(String target) {
        if (target == null) {
            return null;
        }
        var dot = target.indexOf('.');
        for (var service : Service.values()) {
            if (dot > 0 && target.substring(0, dot).equals(service.prefix)) {
                return new Call(service, target.substring(dot + 1));
            }
        }
        return null;
    }

    String target() {
        return service.prefix + "." + action;
    }
}
