/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.vendors.client.App.Flow;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Access by a token that the vendor's own pages give out, and by nothing else. */
public record FixedToken(URI api) implements OAuth {

    public FixedToken {
        requireNonNull(api, "api is null");
    }

    @Override
    public List<Flow> flows() {
        return List.of(Flow.TOKEN);
    }

    @Override
    public Set<String> settings(Flow flow) {
        return Set.of();
    }

    @Override
    public URI consentPage(App app) {
        throw new UnsupportedOperationException("there is no consent page");
    }

    @Override
    public URI tokenEndpoint(App app) {
        throw new UnsupportedOperationException("there is no token endpoint");
    }

    @Override
    public List<String> scopes() {
        return List.of();
    }

    @Override
    public URI api(App app, Value answer) {
        return api;
    }
}
