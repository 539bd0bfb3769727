/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import io.signalbox.testkit.LocalAws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class SqsEventQueueTest extends EventQueueContract {

    private final LocalAws aws = LocalAws.fresh();

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    EventQueue queue() {
        return new SqsEventQueue(aws.sqs(), aws.env());
    }

    @Override
    EventQueue away() {
        return new SqsEventQueue(
                aws.sqs(),
                aws.env().require("EVENTS_QUEUE_URL") + "-gone",
                aws.env().require("REJECTIONS_QUEUE_URL") + "-gone");
    }

    @Override
    List<Delivery> deliveries() throws Undecodable {
        var deliveries = new ArrayList<Delivery>();
        for (var text : take("EVENTS_QUEUE_URL")) {
            deliveries.add(DeliveryCodec.decode(text));
        }
        return deliveries;
    }

    @Override
    List<Rejection> rejections() throws Undecodable {
        var rejections = new ArrayList<Rejection>();
        for (var text : take("REJECTIONS_QUEUE_URL")) {
            rejections.add(RejectionCodec.decode(text));
        }
        return rejections;
    }

    private List<String> take(String queue) {
        var url = aws.env().require(queue);
        var texts = new ArrayList<String>();
        for (var message : aws.sqs()
                .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages()) {
            texts.add(message.body());
            aws.sqs().deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
        }
        return texts;
    }
}
