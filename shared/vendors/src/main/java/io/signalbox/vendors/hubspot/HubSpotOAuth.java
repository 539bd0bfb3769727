/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import io.signalbox.model.Value;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.OAuth;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * HubSpot's OAuth: developers.hubspot.com, "Working with OAuth" and "OAuth tokens" (version 3 of the token endpoint). A
 * private app's token, which does not expire, is taken too.
 */
final class HubSpotOAuth implements OAuth {

    private static final URI API = URI.create("https://api.hubapi.com");

    @Override
    public List<Flow> flows() {
        return List.of(Flow.AUTHORIZATION_CODE, Flow.TOKEN);
    }

    @Override
    public Set<String> settings(Flow flow) {
        return Set.of();
    }

    @Override
    public URI consentPage(App app) {
        return URI.create("https://app.hubspot.com/oauth/authorize");
    }

    @Override
    public URI tokenEndpoint(App app) {
        return URI.create(API + "/oauth/v3/token");
    }

    @Override
    public List<String> scopes() {
        return List.of("oauth", "crm.objects.contacts.read", "crm.objects.companies.read", "crm.objects.deals.read");
    }

    @Override
    public URI api(App app, Value answer) {
        return API;
    }
}
