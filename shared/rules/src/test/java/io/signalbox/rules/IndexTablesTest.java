/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tables by themselves, against a loop over all their entries. */
class IndexTablesTest {

    private final Random random = new Random(11);

    @Test
    void prefixes_are_found() {
        agrees(String::startsWith, entries -> {
            var table = new EdgeTable.Builder(false);
            for (var i = 0; i < entries.size(); i++) {
                table.add(entries.get(i), i);
            }
            return table.build()::collect;
        });
    }

    @Test
    void suffixes_are_found() {
        agrees(String::endsWith, entries -> {
            var table = new EdgeTable.Builder(true);
            for (var i = 0; i < entries.size(); i++) {
                table.add(entries.get(i), i);
            }
            return table.build()::collect;
        });
    }

    @Test
    void literals_are_found() {
        agrees(String::contains, entries -> {
            var table = new LiteralAutomaton.Builder();
            for (var i = 0; i < entries.size(); i++) {
                table.add(entries.get(i), i);
            }
            return table.build()::collect;
        });
    }

    private interface Lookup {
        void collect(String text, IntList found);
    }

    private void agrees(BiPredicate<String, String> holds, Function<List<String>, Lookup> table) {
        for (var round = 0; round < 300; round++) {
            var entries = new ArrayList<String>();
            for (var i = random.nextInt(20); i >= 0; i--) {
                entries.add(word(1 + random.nextInt(5)));
            }
            var lookup = table.apply(entries);
            for (var i = 0; i < 20; i++) {
                var text = word(random.nextInt(12));
                var found = new IntList(0);
                lookup.collect(text, found);
                found.sort();
                assertThat(found.toArray())
                        .as("%s in %s", entries, text)
                        .containsExactly(IntStream.range(0, entries.size())
                                .filter(e -> holds.test(text, entries.get(e)))
                                .toArray());
            }
        }
    }

    /** Few enough hashes that branches share them and slots are fought over; many enough that the table grows. */
    @Test
    void postings_are_found_by_their_hash_and_no_other() {
        for (var round = 0; round < 300; round++) {
            var postings = new Postings.Builder();
            var hashes = new ArrayList<Integer>();
            var range = 1 + random.nextInt(200);
            for (var branch = random.nextInt(300); branch >= 0; branch--) {
                hashes.add(random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(range) - range / 2);
                postings.add(hashes.getLast(), hashes.size() - 1);
            }
            var table = postings.build();
            for (var hash : IntStream.concat(
                            IntStream.range(-range, range), hashes.stream().mapToInt(h -> h))
                    .toArray()) {
                var found = new IntList(0);
                table.collect(hash, found);
                assertThat(found.toArray())
                        .containsExactly(IntStream.range(0, hashes.size())
                                .filter(branch -> hashes.get(branch) == hash)
                                .toArray());
            }
        }
    }

    /** A hash is never compared with what it stands for, so two texts of one hash call up each other's branches. */
    @Test
    void texts_of_one_hash_do_not_match_each_other() throws Exception {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        var index = RuleIndex.builder()
                .add("equal", Json.parse("{\"x\":[\"Aa\"]}"))
                .add("prefix", Json.parse("{\"x\":[{\"prefix\":\"Aa\"}]}"))
                .add("suffix", Json.parse("{\"x\":[{\"suffix\":\"aA\"}]}"))
                .build();
        assertThat(index.match(Json.parse("{\"x\":\"BB\"}"))).isEmpty();
        assertThat(index.match(Json.parse("{\"x\":\"Aa\"}"))).containsExactly("equal", "prefix");
    }

    @Test
    void ranges_are_found() {
        for (var round = 0; round < 300; round++) {
            var ranges = new ArrayList<Condition.Range>();
            var builder = new IntervalTree.Builder();
            for (var i = random.nextInt(30); i >= 0; i--) {
                var range = range();
                builder.add(range, ranges.size());
                ranges.add(range);
            }
            var tree = builder.build();
            for (var i = 0; i < 30; i++) {
                var number = number();
                var found = new IntList(0);
                tree.collect(number, found);
                found.sort();
                assertThat(found.toArray())
                        .as("%s in %s", number, ranges)
                        .containsExactly(IntStream.range(0, ranges.size())
                                .filter(r -> ranges.get(r).test(Value.of(number)))
                                .toArray());
            }
        }
    }

    private Condition.Range range() {
        var one = number();
        var other = number();
        return switch (random.nextInt(3)) {
            case 0 -> new Condition.Range(one, random.nextBoolean(), null, false);
            case 1 -> new Condition.Range(null, false, one, random.nextBoolean());
            default -> new Condition.Range(one.min(other), random.nextBoolean(), one.max(other), random.nextBoolean());
        };
    }

    /** Some so close together that doubles cannot tell them apart, some beyond what doubles hold. */
    private BigDecimal number() {
        return switch (random.nextInt(4)) {
            case 0 -> new BigDecimal("9007199254740992").add(BigDecimal.valueOf(random.nextInt(4)));
            case 1 -> new BigDecimal((random.nextBoolean() ? "-" : "") + random.nextInt(3) + "e400");
            default -> BigDecimal.valueOf(random.nextInt(10), random.nextInt(2));
        };
    }

    @Test
    void addresses_read_as_the_jdk_reads_them() throws Exception {
        for (var i = 0; i < 2_000; i++) {
            var bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (var zero = random.nextInt(bytes.length); zero > 0; zero--) {
                bytes[random.nextInt(bytes.length)] = 0;
            }
            var text = InetAddress.getByAddress(bytes).getHostAddress();
            var address = Address.parse(text);
            assertThat(address.bits()).isEqualTo(text.contains(":") ? 128 : 32);
            if (address.bits() == 128) {
                assertThat(ByteBuffer.allocate(16)
                                .putLong(address.high())
                                .putLong(address.low())
                                .array())
                        .isEqualTo(bytes);
                var masked = address.masked(random.nextInt(129));
                assertThat(masked.masked(128)).isEqualTo(masked);
            }
        }
    }

    @Test
    void what_is_almost_an_address_is_none() {
        for (var text : List.of(
                "",
                ":",
                ":::",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.4 ",
                " 1.2.3.4",
                "01.2.3.4",
                "1..2.3",
                "1:2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::1::",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1%eth0",
                "[::1]",
                "example.com")) {
            assertThat(Address.parse(text)).as(text).isNull();
        }
        assertThat(Address.parse("::")).isEqualTo(new Address(128, 0, 0));
        assertThat(Address.parse("1::")).isEqualTo(new Address(128, 1L << 48, 0));
        assertThat(Address.parse("64:ff9b::192.0.2.33")).isEqualTo(Address.parse("64:ff9b::c000:221"));
    }

    /** Conditions compare by {@link String#regionMatches}, tables by folded text: they must mean the same. */
    @Test
    void folding_is_what_equals_ignore_case_means_and_keeps_the_length() {
        for (var point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                var text = Character.toString(point);
                var folded = CaseFold.fold(text);
                if (folded.length() != text.length() || !text.equalsIgnoreCase(folded)) {
                    assertThat(folded).as("code point %x", point).isEqualTo(text);
                }
            }
        }
        assertThat(CaseFold.fold("VP of Sales, Zürich")).isEqualTo("vp of sales, zürich");
        assertThat(CaseFold.fold("plain")).isSameAs("plain");
        for (var text : List.of("", "plain", "VP of Sales", "VP of Sales, Zürich", "\u212A")) {
            assertThat(CaseFold.hash(text))
                    .as(text)
                    .isEqualTo(CaseFold.fold(text).hashCode());
        }
    }

    private String word(int length) {
        var word = new StringBuilder();
        for (var i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(2)));
        }
        return word.toString();
    }
}
