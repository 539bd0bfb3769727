/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The dead-letter queue of the events queue. A message keeps its body and gets the attributes {@code reason},
 * {@code detail} (when there is one), {@code original_message_id} and {@code received} (how often it was tried), so that
 * it can be read and sent back as it is. One {@code SendMessage} each.
 */
final class SqsDeadLetters implements DeadLetters {

    private final SqsClient sqs;
    private final String url;

    SqsDeadLetters(SqsClient sqs, String url) {
        this.sqs = requireNonNull(sqs, "sqs is null");
        this.url = requireNonNull(url, "url is null");
    }

    @Override
    public void put(SQSMessage message, Reason reason) {
        var attributes = new HashMap<String, MessageAttributeValue>();
        add(attributes, "reason", reason.reason());
        add(attributes, "detail", reason.detail());
        add(attributes, "original_message_id", message.getMessageId());
        add(attributes, "received", Integer.toString(Messages.receiveCount(message)));
        sqs.sendMessage(
                request -> request.queueUrl(url).messageBody(message.getBody()).messageAttributes(attributes));
    }

    private static void add(Map<String, MessageAttributeValue> attributes, String name, String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(
                    name,
                    MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(value)
                            .build());
        }
    }
}
