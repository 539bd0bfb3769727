/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.signalbox.vendors.Vendors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The short run: every input of the corpus, and some thousands of seeded changes of them. The long run is
 * {@code scripts/fuzz}, by Jazzer, which leaves what it finds beside the corpus; see {@code fuzz/README.md} among the
 * test resources.
 */
class VendorFuzzTest {

    private static final Path FUZZ = Path.of("src", "test", "resources", "fuzz");
    private static final Path EVENTS = Path.of("..", "..", "events");
    private static final int ROUNDS = 6_000;

    @Test
    void corpus_holds_for_every_vendor() throws IOException {
        var inputs = inputs();

        assertThat(inputs.stream()
                        .map(bytes -> VendorFuzzer.parse(bytes).vendor().id()))
                .containsAll(Vendors.all().stream().map(vendor -> vendor.id()).toList());
        for (var input : inputs) {
            run(input);
        }
    }

    @Test
    void corpus_changed_in_thousands_of_ways_holds() throws IOException {
        var random = new Random(20_260_301);
        var inputs = inputs();
        for (var round = 0; round < ROUNDS; round++) {
            var input = inputs.get(random.nextInt(inputs.size()));
            for (var changes = 1 + random.nextInt(4); changes > 0; changes--) {
                input = changed(input, inputs.get(random.nextInt(inputs.size())), random);
            }
            run(input);
        }
    }

    private static void run(byte[] input) {
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThatCode(() -> VendorFuzzer.fuzzerTestOneInput(input))
                        .as(() -> "as base64: " + Base64.getEncoder().encodeToString(input))
                        .doesNotThrowAnyException());
    }

    /** The committed corpus, and every sample event with its vendor's name before it. */
    private static List<byte[]> inputs() throws IOException {
        var inputs = new ArrayList<byte[]>();
        for (var file : files(FUZZ.resolve("corpus"))) {
            inputs.add(Files.readAllBytes(file));
        }
        for (var line : Files.readAllLines(FUZZ.resolve("by-jazzer.base64"))) {
            inputs.add(Base64.getDecoder().decode(line));
        }
        for (var vendor : Vendors.all()) {
            for (var file : files(EVENTS.resolve(vendor.id().value()))) {
                var input = new ByteArrayOutputStream();
                input.writeBytes((vendor.id() + "\n\n\n").getBytes(UTF_8));
                input.writeBytes(Files.readAllBytes(file));
                inputs.add(input.toByteArray());
            }
        }
        return inputs;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Changes that know a little of JSON, forms and headers. */
    private static byte[] changed(byte[] input, byte[] other, Random random) {
        var words = List.of(
                "null",
                "[]",
                "{}",
                "\"\"",
                "-1",
                "1e999",
                "9007199254740993",
                "true",
                "\\u0000",
                "\\ud800",
                "\"a@b.example\"",
                "253402300800000",
                "{\"a\":",
                "[[[[",
                "&",
                "=",
                "%",
                "%00",
                "+",
                "\r\n",
                "\uFEFF",
                "é",
                "<",
                "--",
                "'",
                "\\");
        var text = new String(input, ISO_8859_1);
        var at = random.nextInt(input.length + 1);
        var end = Math.min(input.length, at + random.nextInt(1 + (random.nextInt(8) == 0 ? 400 : 12)));
        var word = new String(words.get(random.nextInt(words.size())).getBytes(UTF_8), ISO_8859_1);
        var from = random.nextInt(other.length + 1);
        var piece = new String(other, ISO_8859_1).substring(from, Math.min(other.length, from + random.nextInt(200)));
        var made = switch (random.nextInt(8)) {
            case 0 -> flipped(input, random);
            case 1 -> text.substring(0, at) + text.substring(end);
            case 2 -> text.substring(0, at) + word + text.substring(at);
            case 3 -> text.substring(0, at) + word + text.substring(end);
            case 4 -> text.substring(0, at) + piece + text.substring(end);
            case 5 -> value(text, at, word);
            case 6 ->
                text.substring(0, end) + text.substring(at, end).repeat(1 + random.nextInt(20)) + text.substring(end);
            default -> text.substring(0, at);
        };
        return made.getBytes(ISO_8859_1);
    }

    private static String flipped(byte[] input, Random random) {
        var copy = input.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new String(copy, ISO_8859_1);
    }

    /** A JSON member's value, or a form's, replaced. */
    private static String value(String text, int from, String word) {
        var colon = text.indexOf(':', from);
        var start = colon < 0 ? text.indexOf('=', from) : colon;
        if (start < 0) {
            return text + word;
        }
        var end = start + 1;
        while (end < text.length() && ",}&\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, start + 1) + word + text.substring(end);
    }
}
