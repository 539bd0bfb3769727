/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

/** An endpoint that answers in HTML. */
record Html(Endpoint endpoint) implements Endpoint {

    Html {
        requireNonNull(endpoint, "endpoint is null");
    }

    @Override
    public Response answer(Call call) throws Exception {
        return endpoint.answer(call);
    }

    @Override
    public String mediaType() {
        return MediaTypes.HTML;
    }
}
