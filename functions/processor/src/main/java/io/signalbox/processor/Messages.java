/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;

/** What SQS says of a message. */
final class Messages {

    private static final String RECEIVE_COUNT = "ApproximateReceiveCount";

    private Messages() {}

    /** How often it was received, this time included. */
    static int receiveCount(SQSMessage message) {
        var attributes = message.getAttributes();
        return attributes == null ? 1 : Integer.parseInt(attributes.getOrDefault(RECEIVE_COUNT, "1"));
    }

    /** Whether it came from the queue of this URL: the queue's name ends both its URL and its ARN. */
    static boolean isFrom(SQSMessage message, String queueUrl) {
        var name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
        var arn = message.getEventSourceArn();
        return arn != null && arn.substring(arn.lastIndexOf(':') + 1).equals(name);
    }
}
