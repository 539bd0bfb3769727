/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.signalbox.vendors.Headers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * Reads the events that API Gateway sends in practice, at a fraction of a JSON parser's cost: it makes strings of the few
 * members the receiver needs, unescapes the body straight to bytes, and skips the rest by its structure.
 *
 * <p>It knows less than JSON: outside the body only strings of plain ASCII without an escape, and whole numbers. At
 * anything else, and at anything wrong, it gives up, and {@link HookRequest} asks the parser; so what it does read, it
 * reads as the parser would.
 *
 * <p>The event is followed by zeros. A zero is nowhere allowed, so no step needs to ask where the event ends.
 */
final class EventScanner {

    /** So many zeros stand after the event. */
    static final int PADDING = 8;

    private static final int DEEPEST = 16;
    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_DIGITS = 18;
    private static final int USUAL_HEADERS = 24;

    private static final byte[] HEADERS = "headers".getBytes(ISO_8859_1);
    private static final byte[] PATH_PARAMETERS = "pathParameters".getBytes(ISO_8859_1);
    private static final byte[] REQUEST_CONTEXT = "requestContext".getBytes(ISO_8859_1);
    private static final byte[] RAW_QUERY = "rawQueryString".getBytes(ISO_8859_1);
    private static final byte[] BODY = "body".getBytes(ISO_8859_1);
    private static final byte[] IS_BASE64 = "isBase64Encoded".getBytes(ISO_8859_1);
    private static final byte[] HTTP = "http".getBytes(ISO_8859_1);
    private static final byte[] METHOD = "method".getBytes(ISO_8859_1);
    private static final byte[] SOURCE_IP = "sourceIp".getBytes(ISO_8859_1);
    private static final byte[] REQUEST_ID = "requestId".getBytes(ISO_8859_1);
    private static final byte[] DOMAIN = "domainName".getBytes(ISO_8859_1);
    private static final byte[] VENDOR = "vendor".getBytes(ISO_8859_1);
    private static final byte[] CONNECTION = "connection".getBytes(ISO_8859_1);
    private static final byte[] TRUE = "true".getBytes(ISO_8859_1);
    private static final byte[] FALSE = "false".getBytes(ISO_8859_1);
    private static final byte[] NULL = "null".getBytes(ISO_8859_1);

    private final byte[] in;
    private final ByteBuffer words;
    private final HookRequest request;
    private boolean isBase64;
    private int at;

    /** Where the string read last lies, quotes apart. */
    private int start;

    private int end;

    private EventScanner(byte[] in) {
        this.in = in;
        words = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
        request = new HookRequest(new Headers(in, USUAL_HEADERS));
    }

    /** There is something that this reader leaves to the parser. */
    private static final class Unusual extends Exception {
        private static final long serialVersionUID = 1;

        /** A signal without a stack, made once. */
        @SuppressWarnings("StaticAssignmentOfThrowable")
        private static final Unusual HERE = new Unusual();

        private Unusual() {
            super("left to the parser", null, false, false);
        }
    }

    /**
     * The request; null when it takes the parser to say.
     *
     * @param padded the event and {@link #PADDING} zeros; headers are read from it later, so it must not change
     * @throws IllegalArgumentException when the body is not the base64 it says
     */
    static HookRequest read(byte[] padded) {
        var scanner = new EventScanner(padded);
        try {
            scanner.event();
        } catch (Unusual e) {
            return null;
        }
        var request = scanner.request;
        if (scanner.isBase64) {
            request.body = Base64.getDecoder().decode(request.body);
        }
        return request;
    }

    private void event() throws Unusual {
        for (var more = first('{', '}'); more; more = another('}')) {
            name();
            if (is(HEADERS)) {
                headers();
            } else if (is(REQUEST_CONTEXT)) {
                context(1);
            } else if (is(PATH_PARAMETERS)) {
                pathParameters();
            } else if (is(RAW_QUERY)) {
                request.rawQuery = text();
            } else if (is(BODY)) {
                body();
            } else if (is(IS_BASE64)) {
                isBase64 = next() == 't';
                literal(isBase64 ? TRUE : FALSE);
            } else {
                skip(1);
            }
        }
    }

    private void headers() throws Unusual {
        for (var more = first('{', '}'); more; more = another('}')) {
            name();
            var nameStart = start;
            var nameEnd = end;
            string();
            request.headers.add(nameStart, nameEnd, start, end);
        }
    }

    private void pathParameters() throws Unusual {
        for (var more = first('{', '}'); more; more = another('}')) {
            name();
            if (is(VENDOR)) {
                request.vendor = text();
            } else if (is(CONNECTION)) {
                request.connection = text();
            } else {
                skip(2);
            }
        }
    }

    private void context(int depth) throws Unusual {
        deepen(depth);
        for (var more = first('{', '}'); more; more = another('}')) {
            name();
            if (is(HTTP)) {
                context(depth + 1);
            } else if (is(METHOD)) {
                request.method = text();
            } else if (is(SOURCE_IP)) {
                request.sourceIp = text();
            } else if (is(REQUEST_ID)) {
                request.requestId = text();
            } else if (is(DOMAIN)) {
                request.domainName = text();
            } else {
                skip(depth + 1);
            }
        }
    }

    private void body() throws Unusual {
        if (next() == 'n') {
            literal(NULL);
            request.body = HookRequest.NO_BODY;
            return;
        }
        take('"');
        var text = new BodyText(in, at);
        var body = text.read();
        if (body == null) {
            throw Unusual.HERE;
        }
        request.body = body;
        at = text.end() + 1;
    }

    private void skip(int depth) throws Unusual {
        deepen(depth);
        switch (next()) {
            case '"' -> string();
            case '{' -> {
                for (var more = first('{', '}'); more; more = another('}')) {
                    name();
                    skip(depth + 1);
                }
            }
            case '[' -> {
                for (var more = first('[', ']'); more; more = another(']')) {
                    skip(depth + 1);
                }
            }
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> number();
        }
    }

    private static void deepen(int depth) throws Unusual {
        if (depth > DEEPEST) {
            throw Unusual.HERE;
        }
    }

    /** Opens an object or array; whether it has anything in it. */
    private boolean first(char open, char close) throws Unusual {
        take(open);
        if (next() == close) {
            at++;
            return false;
        }
        return true;
    }

    /** Whether a comma follows and not the end. */
    private boolean another(char close) throws Unusual {
        var c = next();
        at++;
        if (c != ',' && c != close) {
            throw Unusual.HERE;
        }
        return c == ',';
    }

    /** Reads a member's name and the colon. */
    private void name() throws Unusual {
        string();
        take(':');
        if (end - start > LONGEST_NAME) {
            throw Unusual.HERE;
        }
    }

    private boolean is(byte[] name) {
        var length = name.length;
        if (end - start != length) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (in[start + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private String text() throws Unusual {
        string();
        return new String(in, start, end - start, ISO_8859_1);
    }

    private void string() throws Unusual {
        take('"');
        var i = at;
        start = i;
        var special = BodyText.special(words.getLong(i));
        while (special == 0) {
            i += Long.BYTES;
            special = BodyText.special(words.getLong(i));
        }
        end = i + (Long.numberOfTrailingZeros(special) >>> 3);
        if (in[end] != '"') {
            throw Unusual.HERE;
        }
        at = end + 1;
    }

    private void number() throws Unusual {
        if (in[at] == '-') {
            at++;
        }
        var digits = at;
        while (in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == digits || at - digits > MOST_DIGITS || (in[digits] == '0' && at - digits > 1)) {
            throw Unusual.HERE;
        }
    }

    private void literal(byte[] word) throws Unusual {
        next();
        for (var c : word) {
            if (in[at] != c) {
                throw Unusual.HERE;
            }
            at++;
        }
    }

    private void take(char expected) throws Unusual {
        if (next() != expected) {
            throw Unusual.HERE;
        }
        at++;
    }

    /** The next byte that is not a blank. */
    private byte next() {
        var c = in[at];
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = in[++at];
        }
        return c;
    }
}
