/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random ids and secrets. The generator is asked for at each call, so a snapshot holds none of its state. */
record RandomText(Supplier<? extends RandomGenerator> generator) {

    RandomText {
        requireNonNull(generator, "generator is null");
    }

    byte[] bytes(int count) {
        var bytes = new byte[count];
        generator.get().nextBytes(bytes);
        return bytes;
    }

    String base64Url(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(bytes));
    }

    /** Of a-z and 2-7: five bits a character. */
    String lowerCase(int characters) {
        var text = new StringBuilder(characters);
        for (var one : bytes(characters)) {
            text.append("abcdefghijklmnopqrstuvwxyz234567".charAt(one & 31));
        }
        return text.toString();
    }
}
