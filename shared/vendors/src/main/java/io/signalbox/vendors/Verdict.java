/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

/** Whether a request is genuine. */
public sealed interface Verdict {

    /** It is; {@code secretId} names the secret that explained it. */
    record Genuine(String scheme, String secretId) implements Verdict {}

    /** It is not, and why; the sender is told only that it is not, the connection's owner all of it. */
    record Refused(Reason reason, String hint) implements Verdict {}

    /** Why a request was refused. */
    enum Reason {
        NO_LIVE_SECRET,
        SIGNATURE_MISSING,
        SIGNATURE_REPEATED,
        SIGNATURE_MALFORMED,
        SIGNATURE_MISMATCH,
        SCHEME_NOT_ALLOWED,
        TIMESTAMP_MISSING,
        TIMESTAMP_MALFORMED,
        TIMESTAMP_TOO_OLD,
        TIMESTAMP_IN_FUTURE
    }
}
