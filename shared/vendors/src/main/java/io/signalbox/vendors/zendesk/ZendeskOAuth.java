/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.ConfigurationError;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.OAuth;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Zendesk's OAuth (developer.zendesk.com, "OAuth tokens for grant types"): JSON at the token endpoint; each refresh ends both
 * tokens that were before. {@code subdomain} is what stands before {@code .zendesk.com}.
 */
final class ZendeskOAuth implements OAuth {

    @Override
    public List<Flow> flows() {
        return List.of(Flow.AUTHORIZATION_CODE, Flow.TOKEN);
    }

    @Override
    public Set<String> settings(Flow flow) {
        return Set.of("subdomain");
    }

    private static URI at(App app, String path) {
        return URI.create("https://" + app.setting("subdomain") + ".zendesk.com" + path);
    }

    @Override
    public URI consentPage(App app) {
        return at(app, "/oauth/authorizations/new");
    }

    @Override
    public URI tokenEndpoint(App app) {
        return at(app, "/oauth/tokens");
    }

    @Override
    public List<String> scopes() {
        return List.of("read", "write");
    }

    @Override
    public boolean pkce() {
        return true;
    }

    @Override
    public Secrets secrets() {
        return Secrets.JSON;
    }

    @Override
    public URI api(App app, Value answer) {
        return at(app, "");
    }

    @Override
    public List<ConfigurationError> check(App app) {
        return app.setting("subdomain").matches("[a-z0-9][a-z0-9-]{0,62}")
                ? List.of()
                : List.of(new ConfigurationError(
                        "/subdomain", "INVALID", "subdomain is what stands before .zendesk.com in your address."));
    }
}
