/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

/** Whether a record is there, and by which event. {@link State#ERASED} is for ever; else the later stamp wins. */
public record Life(State state, Stamp stamp) {

    /** Alive without an event that said so. */
    public static final Life UNSAID = new Life(State.ALIVE, Stamp.NONE);

    public enum State {
        ALIVE,
        DELETED,
        ERASED
    }

    public Life {
        requireNonNull(state, "state is null");
        requireNonNull(stamp, "stamp is null");
    }

    /** The one of the two that holds; the same whichever is asked. */
    public Life or(Life other) {
        if (state == State.ERASED || other.state == State.ERASED) {
            var erased = state == State.ERASED ? this : other;
            var also = state == State.ERASED ? other : this;
            return also.state == State.ERASED && also.stamp.compareTo(erased.stamp) < 0 ? also : erased;
        }
        return other.stamp.isAfter(stamp) ? other : this;
    }
}
