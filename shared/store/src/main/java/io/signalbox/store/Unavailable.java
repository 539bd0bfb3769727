/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

/**
 * The storage did not answer, or asked to slow down, after the adapter's own retries. The write may or may not have
 * happened: read before trying again.
 */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
