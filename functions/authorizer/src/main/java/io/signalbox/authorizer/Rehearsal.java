/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.authorizer;

import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Jws;
import io.signalbox.runtime.PublicUrl;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs before a snapshot is taken: a token made and checked with a key that is thrown away, then a whole request
 * with it, which has the real parameters asked. Without it the first request after a restore pays for loading all that.
 */
final class Rehearsal {

    private static final PublicUrl URL = new PublicUrl("https://rehearsal.invalid", "https://rehearsal.invalid");

    private final AuthorizerHandler handler;
    private final Clock clock;

    Rehearsal(AuthorizerHandler handler, Clock clock) {
        this.handler = handler;
        this.clock = clock;
    }

    void run() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var token = "Bearer " + Jws.sign(header(), claims(), pair.getPrivate());

        var keys = new KeySet(new OneParameter(jwks((ECPublicKey) pair.getPublic())), clock);
        if (!(new TokenCheck(keys, clock).check(token, URL) instanceof Decision.Allow)) {
            throw new IllegalStateException("the rehearsal's own token was refused");
        }
        handler.answer(Json.bytes(event(token)));
    }

    private static Value.Obj header() {
        return new Value.Obj(Map.of("alg", Value.of("ES256"), "typ", Value.of("at+jwt"), "kid", Value.of("rehearsal")));
    }

    private Value.Obj claims() {
        var now = clock.instant().getEpochSecond();
        return new Value.Obj(Map.of(
                "iss", Value.of(URL.issuer()),
                "aud", Value.of(URL.audience()),
                "sub", Value.of("rehearsal"),
                "client_id", Value.of("rehearsal"),
                "jti", Value.of("rehearsal"),
                "iat", Value.of(now),
                "exp", Value.of(now + 60),
                "scope", Value.of("contacts.read")));
    }

    private static String jwks(ECPublicKey key) {
        var jwk = Map.of(
                "kty", Value.of("EC"),
                "crv", Value.of("P-256"),
                "kid", Value.of("rehearsal"),
                "x", Value.of(coordinate(key.getW().getAffineX())),
                "y", Value.of(coordinate(key.getW().getAffineY())));
        return Json.text(Value.of(Map.of("keys", Value.of(List.of(Value.of(jwk))))));
    }

    private static String coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var from = Math.max(0, bytes.length - 32);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static Value event(String token) {
        return Value.of(Map.of(
                "version", Value.of("2.0"),
                "rawPath", Value.of("/api/v4/contacts"),
                "headers", Value.of(Map.of("authorization", Value.of(token))),
                "requestContext",
                        Value.of(Map.of(
                                "domainName", Value.of("rehearsal.invalid"),
                                "requestId", Value.of("rehearsal"),
                                "http", Value.of(Map.of("method", Value.of("GET")))))));
    }

    /** The key set's parameter, and nothing else. */
    private record OneParameter(String value) implements Parameters {
        @Override
        public Optional<String> get(String name) {
            return Optional.of(value);
        }

        @Override
        public void put(String name, String newValue) throws ParametersUnavailable {
            throw readOnly();
        }

        @Override
        public boolean create(String name, String newValue) throws ParametersUnavailable {
            throw readOnly();
        }

        @Override
        public void delete(String name) throws ParametersUnavailable {
            throw readOnly();
        }

        private static ParametersUnavailable readOnly() {
            return new ParametersUnavailable("a rehearsal writes nothing", null);
        }
    }
}
