/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.gong;

import io.signalbox.vendors.SecretForm.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** RSA public keys as Gong shows them: in PEM, or the same base64 without its frame. */
final class GongKeys {

    private static final String BEGIN = "-----BEGIN ";
    private static final int FEWEST_BITS = 2_048;

    /** What the base64 of any X.509 public key of RSA begins with: a sequence with a two-byte length. */
    private static final String BARE_HEAD = "MII";

    private static final int SHORTEST_BARE = 300;

    private GongKeys() {}

    /** Whether the secret is meant as one; a key for a URL is shorter than any. */
    static boolean isPublicKey(String secret) {
        return secret.startsWith(BEGIN) || (secret.startsWith(BARE_HEAD) && secret.length() >= SHORTEST_BARE);
    }

    /** The key; null when it is none, or too short to prove anything. */
    static RSAPublicKey read(String secret) {
        var text = secret.replace("-----BEGIN PUBLIC KEY-----", "")
                .replace("-----END PUBLIC KEY-----", "")
                .replaceAll("\\s", "");
        try {
            var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(text));
            var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(encoded);
            return key.getModulus().bitLength() >= FEWEST_BITS ? key : null;
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return null;
        }
    }

    static Optional<Problem> problem(String secret) {
        return read(secret) == null
                ? Optional.of(new Problem(
                        "INVALID", "This is not an RSA public key of 2,048 bits or more, in PEM or base64."))
                : Optional.empty();
    }
}
