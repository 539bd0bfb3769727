/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import java.util.Optional;

/**
 * The URL this stack is reached by, and what follows from it: the issuer and the audience of access tokens (RFC 8414,
 * RFC 9068). Who signs tokens and who checks them must name the same issuer, byte for byte, so both ask here.
 *
 * @param base without a slash at the end: {@code https://abc.execute-api.eu-west-1.amazonaws.com}
 * @param issuer the issuer of access tokens
 */
public record PublicUrl(String base, String issuer) {

    /**
     * Variables: {@code PUBLIC_URL} and {@code ISSUER}; where they are not set, the domain name that API Gateway says
     * it was called by. A {@code Host} header plays no part.
     *
     * @param domainName {@code requestContext.domainName} of the request; may be null
     */
    public static PublicUrl of(Env env, String domainName) {
        var base = env.find("PUBLIC_URL")
                .or(() -> Optional.ofNullable(domainName).map(name -> "https://" + name))
                .map(PublicUrl::withoutSlash)
                .orElseThrow(() -> new IllegalStateException("neither PUBLIC_URL nor a domain name is known"));
        return new PublicUrl(
                base, env.find("ISSUER").map(PublicUrl::withoutSlash).orElse(base));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Whom access tokens are for: the API. */
    public String audience() {
        return issuer + "/api";
    }
}
