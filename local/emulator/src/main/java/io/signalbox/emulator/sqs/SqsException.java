/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

/** A refusal in the words of SQS. */
public final class SqsException extends Exception {
    private static final long serialVersionUID = 1;

    private final SqsError error;

    public SqsException(SqsError error, String message) {
        super(message);
        this.error = error;
    }

    SqsException(SqsError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    public SqsError error() {
        return error;
    }
}
