/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.util.Objects.requireNonNull;

/** What becomes of a vendor's question whether this endpoint is whose it should be. */
public sealed interface Handshake {

    record Answered(Reply reply) implements Handshake {
        public Answered {
            requireNonNull(reply, "reply is null");
        }
    }

    /** Not answered, and why; the sender is told only that it is not, the connection's owner all of it. */
    record Refused(Verdict.Reason reason, String hint) implements Handshake {
        public Refused {
            requireNonNull(reason, "reason is null");
            requireNonNull(hint, "hint is null");
        }
    }
}
