/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.runtime.Env;
import java.util.Optional;

/**
 * What whoever runs the system decides about its API.
 *
 * @param demandsIfMatch whether a record is changed with {@code If-Match} only; {@code REQUIRE_IF_MATCH}
 * @param enforcesSunsets whether what has been withdrawn is refused from its day on, and in brown-outs before; {@code
 *     ENFORCE_SUNSETS}, where only {@code false} is no
 * @param limits how much each client may, by which what it calls is counted too; {@code RATE_BURST}, {@code RATE_DAILY}
 */
record Settings(boolean demandsIfMatch, boolean enforcesSunsets, Optional<Limits> limits) {

    static Settings of(Env env) {
        return new Settings(
                env.find("REQUIRE_IF_MATCH").filter("true"::equals).isPresent(),
                env.find("ENFORCE_SUNSETS").filter("false"::equals).isEmpty(),
                Limits.of(env));
    }
}
