/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.Unreadable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * A vendor's notifications where they are asked for by its API and end by themselves, so that somebody has to ask again in
 * time. Pure, as {@link Client} is.
 */
public interface Channels {

    /** What to ask for each time. */
    Duration lifetime();

    /** Whether the connection takes such notifications. */
    boolean suits(Connection connection);

    ApiRequest open(Account account, Wanted wanted);

    /** Makes one that is still open last longer. */
    ApiRequest renew(Account account, Wanted wanted);

    /**
     * When what was opened or renewed ends.
     *
     * @throws Unreadable when the answer does not say that all of it was granted; its message is fit for a log
     */
    Instant until(Value answer) throws Unreadable;

    /**
     * @param address where notifications shall go
     * @param token what they shall carry; never shown
     */
    record Wanted(ConnectionId connection, URI address, String token, Instant until) {
        public Wanted {
            requireNonNull(connection, "connection is null");
            requireNonNull(address, "address is null");
            requireNonNull(token, "token is null");
            requireNonNull(until, "until is null");
        }

        @Override
        public String toString() {
            return "Wanted[" + connection + ", " + until + "]";
        }
    }
}
