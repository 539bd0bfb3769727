/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;

/** Where messages go that cannot be handled, with the reason why. */
interface DeadLetters {

    /**
     * Returns once the message is kept for good. It may be kept twice when the answer is lost.
     *
     * @throws RuntimeException when it may not have been kept
     */
    void put(SQSMessage message, Reason reason);

    /**
     * Why a message cannot be handled; both texts are fit for a log.
     *
     * @param reason what kind of failure, a short sentence
     * @param detail where and what exactly; may be empty
     */
    record Reason(String reason, String detail) {}
}
