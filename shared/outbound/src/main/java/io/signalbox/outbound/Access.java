/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.vendors.client.Account;
import java.time.Instant;

/** Whether a connection's vendor can be called now. */
public sealed interface Access {

    /** It can. */
    record Ready(Account account) implements Access {
        public Ready {
            requireNonNull(account, "account is null");
        }
    }

    /** Not yet: another renews the token, or the token endpoint is in trouble. */
    record Later(Instant at, String why) implements Access {
        public Later {
            requireNonNull(at, "at is null");
            requireNonNull(why, "why is null");
        }
    }

    /** Not until its owner does something. */
    record Broken(Attention attention) implements Access {
        public Broken {
            requireNonNull(attention, "attention is null");
        }
    }

    /** Nobody ever granted it. */
    record None() implements Access {}
}
