/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.pipedrive;

import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.ConfigurationError;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.OAuth;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Pipedrive's OAuth (pipedrive.readme.io, "OAuth authorization"): the app proves itself by HTTP Basic, and the token's answer
 * names the company's own API address. An API token needs the company's {@code subdomain} instead.
 */
final class PipedriveOAuth implements OAuth {

    @Override
    public List<Flow> flows() {
        return List.of(Flow.AUTHORIZATION_CODE, Flow.TOKEN);
    }

    @Override
    public Set<String> settings(Flow flow) {
        return flow == Flow.TOKEN ? Set.of("subdomain") : Set.of();
    }

    @Override
    public URI consentPage(App app) {
        return URI.create("https://oauth.pipedrive.com/oauth/authorize");
    }

    @Override
    public URI tokenEndpoint(App app) {
        return URI.create("https://oauth.pipedrive.com/oauth/token");
    }

    /** They are the app's, set in Pipedrive's developer hub. */
    @Override
    public List<String> scopes() {
        return List.of();
    }

    @Override
    public Secrets secrets() {
        return Secrets.BASIC;
    }

    @Override
    public URI api(App app, Value answer) {
        var named = answer.at("api_domain").asText();
        return URI.create(named == null ? "https://" + app.setting("subdomain") + ".pipedrive.com" : named);
    }

    @Override
    public List<ConfigurationError> check(App app) {
        return app.flow() != Flow.TOKEN || app.setting("subdomain").matches("[a-z0-9][a-z0-9-]{0,62}")
                ? List.of()
                : List.of(new ConfigurationError(
                        "/subdomain", "INVALID", "subdomain is what stands before .pipedrive.com in your address."));
    }
}
