/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.util.Objects.requireNonNull;

/** Whether a request is genuine. */
public sealed interface Verdict {

    /** It is; {@code secretId} names the secret that explained it. */
    record Genuine(String scheme, String secretId) implements Verdict {}

    /** It is not, and why; the sender is told only that it is not, the connection's owner all of it. */
    record Refused(Reason reason, String hint) implements Verdict {
        public Refused {
            requireNonNull(reason, "reason is null");
            requireNonNull(hint, "hint is null");
        }
    }

    /** Why a request was refused. */
    enum Reason {
        NO_LIVE_SECRET,
        SIGNATURE_MISSING,
        SIGNATURE_REPEATED,
        SIGNATURE_MALFORMED,
        SIGNATURE_MISMATCH,
        SCHEME_NOT_ALLOWED,
        CREDENTIAL_MISSING,
        CREDENTIAL_REPEATED,
        CREDENTIAL_MISMATCH,
        SENDER_NOT_ALLOWED,
        ID_MISSING,
        TIMESTAMP_MISSING,
        TIMESTAMP_MALFORMED,
        TIMESTAMP_TOO_OLD,
        TIMESTAMP_IN_FUTURE
    }
}
