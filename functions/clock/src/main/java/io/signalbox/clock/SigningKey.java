/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.clock;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the key that access tokens are signed with: a JSON Web Key (RFC 7517) on the curve P-256, for ES256. */
final class SigningKey {

    private static final int COORDINATE_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private SigningKey() {}

    /** A new private key. Its id is its thumbprint (RFC 7638), so two keys never share one. */
    static Value.Obj create() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var point = ((ECPublicKey) pair.getPublic()).getW();

            var thumbprint = new LinkedHashMap<String, Value>();
            thumbprint.put("crv", Value.of("P-256"));
            thumbprint.put("kty", Value.of("EC"));
            thumbprint.put("x", Value.of(coordinate(point.getAffineX())));
            thumbprint.put("y", Value.of(coordinate(point.getAffineY())));
            var hash = MessageDigest.getInstance("SHA-256").digest(Json.bytes(Value.of(thumbprint)));

            var key = new LinkedHashMap<>(thumbprint);
            key.put("kid", Value.of(BASE64.encodeToString(hash)));
            key.put("use", Value.of("sig"));
            key.put("alg", Value.of("ES256"));
            key.put("d", Value.of(coordinate(((ECPrivateKey) pair.getPrivate()).getS())));
            return new Value.Obj(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make a key for ES256", e);
        }
    }

    /** The key set that anybody may read, of a private key: the key without its secret number. */
    static Value.Obj publicSet(Value.Obj key) {
        var open = new LinkedHashMap<>(key.members());
        open.remove("d");
        return new Value.Obj(Map.of("keys", Value.of(List.of(Value.of(open)))));
    }

    /** Big-endian, as many bytes as the curve has, however small the number (RFC 7518 section 6.2.1.2). */
    static String coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var fixed = new byte[COORDINATE_BYTES];
        var from = Math.max(0, bytes.length - COORDINATE_BYTES);
        var count = bytes.length - from;
        System.arraycopy(bytes, from, fixed, COORDINATE_BYTES - count, count);
        return BASE64.encodeToString(fixed);
    }
}
