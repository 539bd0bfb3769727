/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

/** An initialised execution environment: takes one event at a time. */
interface Environment extends AutoCloseable {

    Outcome invoke(String requestId, byte[] event);

    /** Whether it may take another event; not after a timeout or an exit. */
    boolean reusable();

    @Override
    void close();

    /** Starts environments of one function; each start is what Lambda calls the init phase. */
    @FunctionalInterface
    interface Starter {
        Environment start() throws InitFailed;
    }

    /** The init phase failed; no environment came of it. */
    final class InitFailed extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Outcome.Failure failure;

        InitFailed(Outcome.Failure failure) {
            super(failure.type());
            this.failure = failure;
        }

        Outcome.Failure failure() {
            return failure;
        }
    }
}
