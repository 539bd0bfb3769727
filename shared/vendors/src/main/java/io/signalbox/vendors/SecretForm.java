/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.util.Objects.requireNonNull;

import io.signalbox.vendors.signing.PublicSecrets;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a vendor's secrets look like.
 *
 * @param name what it is at the vendor, to follow "Give ": {@code the client secret of the HubSpot app}
 * @param said its form in words: {@code at least 16 characters and no space around it}
 * @param judge finds what is wrong with one; never quotes it
 */
public record SecretForm(String name, String said, Judge judge) {

    /** A shared secret is all there is, so it must withstand guessing: 24 characters of base64 are 144 bits. */
    public static final int SHORTEST_SHARED = 24;

    private static final int NEW_BYTES = 30;

    public SecretForm {
        requireNonNull(name, "name is null");
        requireNonNull(said, "said is null");
        requireNonNull(judge, "judge is null");
    }

    /** Finds what is wrong with a secret. */
    @FunctionalInterface
    public interface Judge {
        Optional<Problem> of(String secret);
    }

    /** What is wrong with a secret: a code in capitals and a sentence. */
    public record Problem(String code, String message) {}

    /** A key that the vendor gives out, of at least that many characters, without space around it. */
    public static SecretForm given(String name, int shortest) {
        var said = "at least " + shortest + " characters and no space around it";
        return new SecretForm(name, said, secret -> {
            if (PublicSecrets.contains(secret)) {
                return Optional.of(new Problem("PUBLIC_SECRET", "This secret stands in public documentation."));
            }
            return secret.length() < shortest || !secret.strip().equals(secret)
                    ? Optional.of(new Problem("INVALID", "It has " + said + "."))
                    : Optional.empty();
        });
    }

    /**
     * A secret that the user puts both here and at the vendor, which sends it along as it is: long, and of letters,
     * digits and {@code - _ . ~} alone, which mean the same in a header, a query, a form and JSON.
     */
    public static SecretForm shared(String name, int longest) {
        var said = SHORTEST_SHARED + " to " + longest + " letters, digits and - _ . ~";
        return new SecretForm(name, said, secret -> {
            if (PublicSecrets.contains(secret)) {
                return Optional.of(new Problem("PUBLIC_SECRET", "This secret stands in public documentation."));
            }
            if (secret.length() < SHORTEST_SHARED || secret.length() > longest || !isPlain(secret)) {
                return Optional.of(new Problem("INVALID", "It has " + said + "."));
            }
            return secret.chars().distinct().count() < 8
                    ? Optional.of(new Problem("INVALID", "It is too easily guessed; let this service make one."))
                    : Optional.empty();
        });
    }

    private static boolean isPlain(String secret) {
        return secret.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "-_.~".indexOf(c) >= 0);
    }

    /** A fresh shared secret: 240 bits in 40 characters of base64url. */
    public static String newShared(RandomGenerator random) {
        var bytes = new byte[NEW_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
