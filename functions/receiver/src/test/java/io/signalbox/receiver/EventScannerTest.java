/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scanner against the parser it stands in for. */
class EventScannerTest {

    private static final String[] PIECES = {
        "\\\"",
        "\\\\",
        "\\/",
        "\\n",
        "\\t",
        "\\u00e9",
        "\\u0041",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\ude00",
        "\\u12",
        "\\x",
        "é",
        "日本",
        "😀",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "null",
        "true",
        "-1",
        "1e5",
        "0.5",
        "00",
        "\u0000",
        "\n",
        " ",
        "\"a\":1,",
        "\"body\":\"x\",",
        "\"headers\":{\"A\":\"b\"},",
        "\"isBase64Encoded\":true,",
        "plain text of some length"
    };

    @Test
    void usual_event_is_read_without_the_parser() {
        assertThat(scan(event("[{\"eventId\":1,\"name\":\"Zoë 😀\"}]\n", false)))
                .isEqualTo("POST|hubspot|acme||203.0.113.9|JKJaXmPLvHcESHA=|abc.execute-api.us-east-1.amazonaws.com|"
                        + "[{\"eventId\":1,\"name\":\"Zoë 😀\"}]\n|content-type=application/json;x-one=1;");
        assertThat(scan(event("any bytes", true))).contains("|any bytes|");
    }

    @Test
    void mutated_events_are_read_as_the_parser_reads_them_or_left_to_it() {
        var random = new Random(20);
        var read = 0;
        for (var i = 0; i < 20_000; i++) {
            var event = mutated(event(body(random), random.nextInt(8) == 0), random);
            var scanned = scan(event);
            if (scanned != null) {
                assertThat(scanned).as(() -> new String(event, UTF_8)).isEqualTo(parse(event));
                read++;
            }
        }
        assertThat(read).isGreaterThan(5_000);
    }

    @Test
    void every_body_of_whole_characters_is_read_at_every_offset() {
        var random = new Random(21);
        for (var i = 0; i < 2_000; i++) {
            var body = body(random);
            var event = event(body, false);
            assertThat(scan(event)).as(body).isNotNull().isEqualTo(parse(event));
        }
    }

    @Test
    void surrogate_alone_is_left_to_the_parser() {
        for (var text : new String[] {"\\ud83d", "\\ude00\\ud83d", "\\ud83dx", "\\ud83d\\u0041"}) {
            assertThat(scan(("{\"body\":\"" + text + "\"}").getBytes(UTF_8))).isNull();
        }
    }

    @Test
    void stream_that_gives_a_byte_at_a_time_is_read_to_its_end() throws IOException {
        var event = event("x".repeat(3_000), false);
        var slow = new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < event.length ? event[at++] & 0xFF : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                var next = read();
                if (next >= 0) {
                    into[offset] = (byte) next;
                }
                return next < 0 ? -1 : 1;
            }
        };
        assertThat(HookRequest.read(slow).body()).hasSize(3_000);
        assertThat(HookRequest.read(new ByteArrayInputStream(event)).body()).hasSize(3_000);
    }

    private static byte[] event(String body, boolean base64) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("X-One", "1");
        var event = HttpEvents.post("hubspot", "acme", headers, body.getBytes(UTF_8));
        return (base64 ? event.inBase64() : event).json();
    }

    private static String body(Random random) {
        var body = new StringBuilder();
        for (var parts = random.nextInt(30); parts > 0; parts--) {
            switch (random.nextInt(8)) {
                case 0 -> body.append("\\\"\n\t\u0001".charAt(random.nextInt(5)));
                case 1 -> body.append("é日😀", 0, 4);
                case 2 -> body.append("\"\":\"\"");
                case 3 -> body.append("\\\"");
                default -> body.append("\"name\":\"value of it\",", 0, 1 + random.nextInt(21));
            }
        }
        return body.toString();
    }

    /** One in four stays as it is: the others have bytes changed, pieces put in or parts cut out. */
    private static byte[] mutated(byte[] event, Random random) {
        var bytes = event;
        for (var changes = random.nextInt(4); changes > 0; changes--) {
            var at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = joined(bytes, at, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8), at);
                case 2 -> bytes = joined(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(4)));
                default -> bytes[at] = "\"\\{}[]:,ud0 ".getBytes(UTF_8)[random.nextInt(12)];
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] bytes, int end, byte[] piece, int start) {
        var joined = Arrays.copyOf(bytes, end + piece.length + bytes.length - start);
        System.arraycopy(piece, 0, joined, end, piece.length);
        System.arraycopy(bytes, start, joined, end + piece.length, bytes.length - start);
        return joined;
    }

    /** What the scanner reads, null when it leaves the event to the parser. */
    private static String scan(byte[] event) {
        try {
            var request = EventScanner.read(Arrays.copyOf(event, event.length + EventScanner.PADDING));
            return request == null ? null : shown(request);
        } catch (IllegalArgumentException e) {
            return "not base64";
        }
    }

    private static String parse(byte[] event) {
        try {
            return shown(HookRequest.parse(event, event.length));
        } catch (IllegalArgumentException e) {
            return "not base64";
        } catch (IOException e) {
            return "not an event";
        }
    }

    private static String shown(HookRequest request) {
        var headers = new StringBuilder();
        for (var i = 0; i < request.headers().size(); i++) {
            var name = request.headers().name(i);
            headers.append(name).append('=').append(request.headers().value(i)).append(';');
            assertThat(request.headers().count(name)).isPositive();
        }
        return String.join(
                "|",
                request.method(),
                request.vendor(),
                request.connection(),
                request.rawQuery(),
                request.sourceIp(),
                request.requestId,
                String.valueOf(request.domainName()),
                new String(request.body(), UTF_8),
                headers);
    }
}
