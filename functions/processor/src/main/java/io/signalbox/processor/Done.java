/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The messages of a batch that are done. A message counts as failed until it is here, so one that is forgotten on the
 * way comes again instead of getting lost.
 */
final class Done {

    private final Set<String> ids = new HashSet<>();

    void add(SQSMessage message) {
        ids.add(message.getMessageId());
    }

    /** The answer that has all others delivered again. */
    SQSBatchResponse others(List<SQSMessage> batch) {
        return new SQSBatchResponse(batch.stream()
                .map(SQSMessage::getMessageId)
                .filter(id -> !ids.contains(id))
                .map(BatchItemFailure::new)
                .toList());
    }
}
