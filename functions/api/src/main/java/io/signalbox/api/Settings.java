/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.runtime.Env;

/**
 * What whoever runs the system decides about its API.
 *
 * @param demandsIfMatch whether a record is changed with {@code If-Match} only; {@code REQUIRE_IF_MATCH}
 * @param enforcesSunsets whether what has been withdrawn is refused from its day on, and in brown-outs before; {@code
 *     ENFORCE_SUNSETS}, where only {@code false} is no
 */
record Settings(boolean demandsIfMatch, boolean enforcesSunsets) {

    static Settings of(Env env) {
        return new Settings(
                env.find("REQUIRE_IF_MATCH").filter("true"::equals).isPresent(),
                env.find("ENFORCE_SUNSETS").filter("false"::equals).isEmpty());
    }
}
