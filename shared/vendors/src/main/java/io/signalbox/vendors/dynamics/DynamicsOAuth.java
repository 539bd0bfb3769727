/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.ConfigurationError;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.OAuth;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Microsoft Entra's OAuth (learn.microsoft.com, "Microsoft identity platform and OAuth 2.0"): {@code tenant} is the directory's
 * id or domain, {@code host} the environment's, {@code acme.crm4.dynamics.com}.
 */
final class DynamicsOAuth implements OAuth {

    @Override
    public List<Flow> flows() {
        return List.of(Flow.CLIENT_CREDENTIALS, Flow.AUTHORIZATION_CODE);
    }

    @Override
    public Set<String> settings(Flow flow) {
        return Set.of("tenant", "host");
    }

    private static URI entra(App app, String what) {
        return URI.create("https://login.microsoftonline.com/" + app.setting("tenant") + "/oauth2/v2.0/" + what);
    }

    @Override
    public URI consentPage(App app) {
        return entra(app, "authorize");
    }

    @Override
    public URI tokenEndpoint(App app) {
        return entra(app, "token");
    }

    /** They name the environment, so they are the app's: {@link #consent} adds them. */
    @Override
    public List<String> scopes() {
        return List.of();
    }

    @Override
    public URI consent(App app, URI redirect, String state, String challenge) {
        var scopes = app.scopes().isEmpty()
                ? List.of("https://" + app.setting("host") + "/user_impersonation", "offline_access")
                : app.scopes();
        var asking = new App(app.flow(), app.clientId(), app.clientSecret(), scopes, app.settings());
        return OAuth.super.consent(asking, redirect, state, challenge);
    }

    @Override
    public Map<String, String> tokenExtras(App app) {
        return app.flow() == Flow.CLIENT_CREDENTIALS
                ? Map.of("scope", "https://" + app.setting("host") + "/.default")
                : Map.of();
    }

    @Override
    public boolean pkce() {
        return true;
    }

    @Override
    public URI api(App app, Value answer) {
        return URI.create("https://" + app.setting("host"));
    }

    @Override
    public List<ConfigurationError> check(App app) {
        var errors = new ArrayList<ConfigurationError>();
        if (!app.setting("tenant").matches("[A-Za-z0-9][A-Za-z0-9.-]{0,100}")) {
            errors.add(new ConfigurationError("/tenant", "INVALID", "tenant is the directory's id or domain."));
        }
        if (!new DynamicsClient().isOwnHost(app.setting("host"))) {
            errors.add(new ConfigurationError(
                    "/host", "INVALID", "host is that of your environment, such as acme.crm4.dynamics.com."));
        }
        return errors;
    }
}
