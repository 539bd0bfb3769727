/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.RecordKey;

/**
 * A record, or something else, that no item can hold, or more records than a transaction can. Nothing was written, and
 * trying again will not help.
 */
public final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge(RecordKey key, int bytes) {
        this(key.toString(), bytes);
    }

    TooLarge(String what, int bytes) {
        super(what + " takes " + bytes + " bytes; an item holds " + LIMIT_BYTES);
    }

    TooLarge(String message) {
        super(message);
    }

    /** Below DynamoDB's 400 KB an item, keys and attribute names taken off. */
    static final int LIMIT_BYTES = 380 << 10;
}
