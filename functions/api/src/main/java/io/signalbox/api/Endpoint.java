/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

/** What answers one operation. It throws {@link Refusal} for an error that is the caller's to mend. */
@FunctionalInterface
interface Endpoint {
    Response answer(Call call) throws Exception;

    /** The type of what it answers, which the caller must take; errors are JSON all the same. */
    default String mediaType() {
        return MediaTypes.JSON;
    }
}
