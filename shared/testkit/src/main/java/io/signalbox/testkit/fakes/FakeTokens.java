/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit.fakes;

import io.signalbox.model.Value;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A vendor's token endpoint for one app and one user, as RFC 6749 has it: codes and refresh tokens count once where they
 * rotate, and whoever comes with a used one is told {@code invalid_grant}. Thread-safe.
 */
public final class FakeTokens {

    public static final String CLIENT = "app-1";
    public static final String SECRET = "app-secret-of-the-fake";

    private final boolean rotating;
    private final Map<String, Value> extras;
    private final long expiresIn;
    private int issued;
    private String code;
    private String challenge;
    private String refresh;
    private String access = "";
    private boolean revoked;

    /**
     * @param rotating whether each refresh gives a new refresh token and ends the old one
     * @param expiresIn in seconds; 0 to say nothing of it
     * @param extras what the vendor's answer holds besides
     */
    public FakeTokens(boolean rotating, long expiresIn, Map<String, Value> extras) {
        this.rotating = rotating;
        this.expiresIn = expiresIn;
        this.extras = Map.copyOf(extras);
    }

    /** The code that the consent page would hand out to whoever agrees. */
    public synchronized String agree(String codeChallenge) {
        code = "code-" + ++issued;
        challenge = codeChallenge;
        return code;
    }

    /** A pair of tokens as if somebody had agreed before; the refresh token. */
    public synchronized String grant() {
        refresh = "refresh-" + ++issued;
        access = "access-" + issued;
        return refresh;
    }

    public synchronized String access() {
        return access;
    }

    /** The access token ends before its time. */
    public synchronized void expire() {
        access = "";
    }

    /** The user takes the grant back. */
    public synchronized void revoke() {
        revoked = true;
        access = "";
    }

    public synchronized boolean accepts(String token) {
        return !access.isEmpty() && access.equals(token);
    }

    public synchronized int issued() {
        return issued;
    }

    /** Answers a request for a token, of this form. */
    public synchronized Answer answer(Map<String, String> form) {
        if (!CLIENT.equals(form.get("client_id")) || !SECRET.equals(form.get("client_secret"))) {
            return error("invalid_client");
        }
        var type = form.getOrDefault("grant_type", "");
        var fine = !revoked
                && switch (type) {
                    case "authorization_code" -> redeem(form);
                    case "refresh_token" -> refresh != null && refresh.equals(form.get("refresh_token"));
                    case "client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer" -> true;
                    default -> false;
                };
        return fine ? issue(type) : error("invalid_grant");
    }

    private boolean redeem(Map<String, String> form) {
        var same = code != null && code.equals(form.get("code"));
        code = null;
        return same && (challenge == null || challenge.equals(s256(form.getOrDefault("code_verifier", ""))));
    }

    private static String s256(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private Answer issue(String type) {
        access = "access-" + ++issued;
        var body = new LinkedHashMap<String, Value>(extras);
        body.put("access_token", Value.of(access));
        body.put("token_type", Value.of("bearer"));
        if (expiresIn > 0) {
            body.put("expires_in", Value.of(expiresIn));
        }
        var first = type.equals("authorization_code");
        if (first || (type.equals("refresh_token") && rotating)) {
            refresh = "refresh-" + issued;
            body.put("refresh_token", Value.of(refresh));
        }
        return Answer.json(200, Value.of(body));
    }

    private static Answer error(String word) {
        return Answer.json(400, Value.of(Map.of("error", Value.of(word), "error_description", Value.of("no"))));
    }
}
