/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

/** Stored bytes that this version of the code cannot read: damaged, or written by a later version. */
public final class CorruptItem extends RuntimeException {
    private static final long serialVersionUID = 1;

    CorruptItem(String message) {
        super(message);
    }

    CorruptItem(String message, Throwable cause) {
        super(message, cause);
    }
}
