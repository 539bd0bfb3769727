/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import io.signalbox.outbound.Attention;
import io.signalbox.vendors.client.ApiResponse;
import java.time.Instant;

/** What came of a call. */
sealed interface Result {

    /** A success. */
    record Answered(ApiResponse response) implements Result {}

    /** What was asked for is not there. */
    record Absent() implements Result {}

    /** Nothing of this connection before then. */
    record Wait(Instant until, String why) implements Result {}

    /** Nothing of this connection before its owner does something. */
    record Broken(Attention attention) implements Result {}

    /** Nothing of this kind before the owner does something. */
    record Forbidden(Attention attention) implements Result {}

    /** This very request never succeeds. */
    record Refused(int status) implements Result {}
}
