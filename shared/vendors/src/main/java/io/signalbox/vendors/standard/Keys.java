/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import io.signalbox.vendors.SecretForm.Problem;
import io.signalbox.vendors.signing.PublicSecrets;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Secrets as the specification writes them: {@code whsec_} and base64 of 24 to 64 bytes for HMAC (the prefix may be
 * left out), {@code whpk_} and base64 of 32 bytes for an Ed25519 public key.
 */
final class Keys {

    static final String SYMMETRIC = "whsec_";
    static final String PUBLIC = "whpk_";
    private static final String PRIVATE = "whsk_";

    private static final int NEW_BYTES = 32;
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int PUBLIC_BYTES = 32;

    private Keys() {}

    static boolean isPublic(String secret) {
        return secret.startsWith(PUBLIC);
    }

    /** The key's bytes; null when the text is not base64 or holds none. */
    static byte[] bytes(String secret) {
        try {
            var bytes = Base64.getDecoder().decode(bare(secret));
            return bytes.length == 0 ? null : bytes;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String bare(String secret) {
        return secret.startsWith(SYMMETRIC) || secret.startsWith(PUBLIC) || secret.startsWith(PRIVATE)
                ? secret.substring(secret.indexOf('_') + 1)
                : secret;
    }

    static String newSecret(RandomGenerator random) {
        var bytes = new byte[NEW_BYTES];
        random.nextBytes(bytes);
        return SYMMETRIC + Base64.getEncoder().encodeToString(bytes);
    }

    static Optional<Problem> problem(String secret) {
        if (PublicSecrets.contains(bare(secret))) {
            return Optional.of(new Problem("PUBLIC_SECRET", "This is an example of the specification's test suites."));
        }
        if (secret.startsWith(PRIVATE)) {
            return Optional.of(new Problem(
                    "PRIVATE_KEY",
                    "This is the sender's private key. Give the public one, whpk_…, and replace this pair."));
        }
        var bytes = bytes(secret);
        if (bytes == null) {
            return Optional.of(new Problem("INVALID", "After its prefix the secret is not base64."));
        }
        if (isPublic(secret)) {
            return bytes.length == PUBLIC_BYTES
                    ? Optional.empty()
                    : Optional.of(new Problem("INVALID", "An Ed25519 public key has 32 bytes."));
        }
        return bytes.length >= FEWEST_BYTES && bytes.length <= MOST_BYTES
                ? Optional.empty()
                : Optional.of(new Problem("INVALID", "A secret has 24 to 64 bytes before base64."));
    }
}
