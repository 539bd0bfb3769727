/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.Tokens;
import java.util.Optional;

/**
 * A connection's access to its vendor: all of it secret.
 *
 * @param app through which app
 * @param tokens the newest; empty while nobody has agreed yet
 * @param serial one more with each change, so that of two readings the newer is known
 * @param next the app that somebody is asked to agree to now, while the one before goes on counting
 */
public record Grant(App app, Optional<Tokens> tokens, long serial, Optional<App> next) {

    public Grant {
        requireNonNull(app, "app is null");
        requireNonNull(tokens, "tokens is null");
        requireNonNull(next, "next is null");
    }

    Grant withTokens(Tokens newer) {
        return new Grant(app, Optional.of(newer), serial + 1, next);
    }

    @Override
    public String toString() {
        return "Grant[" + app + ", " + serial + "]";
    }
}
