/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import java.util.Map;

/** Operations that belong together: those whose paths start alike. */
interface Family {

    /** An endpoint for every operation of the family, by operation id. */
    Map<String, Endpoint> endpoints();
}
