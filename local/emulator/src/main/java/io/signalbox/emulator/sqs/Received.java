/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as one receive hands it out.
 *
 * @param receiveCount how often it was handed out, this time included
 * @param deadLetterSource ARN of the queue it was moved from, or null
 */
public record Received(
        Message message,
        String receiptHandle,
        int receiveCount,
        Instant sentAt,
        Instant firstReceivedAt,
        String deadLetterSource) {

    /** As {@code ReceiveMessage} names them; a Lambda event of SQS has the same. Changeable by the caller. */
    public Map<String, String> systemAttributes() {
        var all = new LinkedHashMap<String, String>(message.system());
        all.put("SenderId", Queues.ACCOUNT);
        all.put("SentTimestamp", Long.toString(sentAt.toEpochMilli()));
        all.put("ApproximateReceiveCount", Integer.toString(receiveCount));
        all.put("ApproximateFirstReceiveTimestamp", Long.toString(firstReceivedAt.toEpochMilli()));
        if (deadLetterSource != null) {
            all.put("DeadLetterQueueSourceArn", deadLetterSource);
        }
        return all;
    }
}
