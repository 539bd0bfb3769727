/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Revision;
import io.signalbox.model.Value;
import java.util.Optional;

/**
 * A field that was written to a vendor's record.
 *
 * @param isWritten whether the vendor has said so; if not, it may have been written all the same
 * @param because the version of our record that it followed from; empty when somebody asked for it
 */
public record PushedField(Value value, boolean isWritten, Optional<Revision> because) {

    public PushedField {
        requireNonNull(value, "value is null");
        requireNonNull(because, "because is null");
    }

    /** Whether the value is this one, as texts: most vendors report everything as one. */
    public boolean holds(Value other) {
        return text(value).equals(text(other));
    }

    /** The value as vendors report it. */
    public static String text(Value value) {
        return switch (value) {
            case Value.Null _ -> "";
            case Value.Num(var number) -> number.stripTrailingZeros().toPlainString();
            case Value.Text _, Value.Bool _, Value.Arr _, Value.Obj _ -> String.valueOf(value.asText());
        };
    }

    boolean isAfter(Optional<Revision> other) {
        return because.isPresent() && other.isPresent() && because.get().isAfter(other.get());
    }

    /** Whether a value that follows from that is still to be written. */
    boolean leaves(Value wanted, Optional<Revision> from) {
        if (isAfter(from)) {
            return false;
        }
        var isLater = from.isPresent() && because.isPresent() && from.get().isAfter(because.get());
        return !isWritten || isLater || !holds(wanted);
    }
}
