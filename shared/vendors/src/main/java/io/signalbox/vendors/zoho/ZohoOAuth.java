/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.ConfigurationError;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.OAuth;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Zoho's OAuth (zoho.com/crm/developer/docs/api/v8/oauth-overview.html). An account lives in one data center, {@code region}:
 * com, eu, in, com.au, com.cn, jp or sa. An error comes with status 200. At most ten access tokens in ten minutes for one
 * refresh token, so they are kept for their whole hour.
 */
final class ZohoOAuth implements OAuth {

    private static final Set<String> REGIONS = Set.of("com", "eu", "in", "com.au", "com.cn", "jp", "sa");

    @Override
    public List<Flow> flows() {
        return List.of(Flow.AUTHORIZATION_CODE);
    }

    @Override
    public Set<String> settings(Flow flow) {
        return Set.of("region");
    }

    private static URI accounts(App app, String path) {
        return URI.create("https://accounts.zoho." + app.setting("region") + path);
    }

    @Override
    public URI consentPage(App app) {
        return accounts(app, "/oauth/v2/auth");
    }

    @Override
    public URI tokenEndpoint(App app) {
        return accounts(app, "/oauth/v2/token");
    }

    @Override
    public List<String> scopes() {
        return List.of("ZohoCRM.modules.ALL", "ZohoCRM.notifications.ALL");
    }

    @Override
    public String scopeSeparator() {
        return ",";
    }

    /** Without these there is no refresh token, or none the second time. */
    @Override
    public Map<String, String> consentExtras() {
        return Map.of("access_type", "offline", "prompt", "consent");
    }

    @Override
    public Duration lifetime() {
        return Duration.ofHours(1);
    }

    @Override
    public URI api(App app, Value answer) {
        var named = answer.at("api_domain").asText();
        return URI.create(named == null ? "https://www.zohoapis." + app.setting("region") : named);
    }

    @Override
    public List<ConfigurationError> check(App app) {
        return REGIONS.contains(app.setting("region"))
                ? List.of()
                : List.of(new ConfigurationError(
                        "/region", "INVALID", "region is one of com, eu, in, com.au, com.cn, jp and sa."));
    }
}
