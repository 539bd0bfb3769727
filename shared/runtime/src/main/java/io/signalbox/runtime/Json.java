/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.signalbox.model.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON to {@link Value} and back, over Jackson's streaming parser alone: data binding would double a function's cold
 * start.
 *
 * <p>Strict where leniency would lose something: a duplicate key, a lone surrogate, bytes after the value and anything
 * past the limits is refused with its place. Limits: 64 levels, 1,000 characters a number, 10 MiB a document.
 */
public final class Json {

    /** Shared, so that its symbol tables are; also for code that streams by itself. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(1_000)
                    .maxStringLength(10 << 20)
                    .maxDocumentLength(10 << 20)
                    .build())
            .build();

    private static final int MAX_EXPONENT = 10_000;

    private Json() {}

    /** What is wrong with a JSON text, and where; its message holds nothing of the text itself. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    public static Value parse(byte[] json) throws Malformed {
        try (var parser = FACTORY.createParser(json)) {
            parser.nextToken();
            return document(parser);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** Like {@link #parse(byte[])}, but gives up on an array that has more elements than that at its 1st too many. */
    public static Value parse(byte[] json, int maxElements) throws Malformed {
        try (var parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return document(parser);
            }
            var items = new ArrayList<Value>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (items.size() == maxElements) {
                    throw new Malformed("an array of more than " + maxElements + " elements");
                }
                items.add(read(parser));
            }
            return last(parser, new Value.Arr(items));
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    public static Value parse(String json) throws Malformed {
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Value document(JsonParser parser) throws IOException, Malformed {
        if (parser.currentToken() == null) {
            throw new Malformed("the JSON text is empty");
        }
        return last(parser, read(parser));
    }

    private static Value last(JsonParser parser, Value value) throws IOException, Malformed {
        if (parser.nextToken() != null) {
            throw new Malformed("more follows after the JSON value ends" + place(parser));
        }
        return value;
    }

    /** The value that starts at the parser's current token; leaves the parser at the value's last token. */
    public static Value read(JsonParser parser) throws IOException, Malformed {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, Value>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = paired(parser.currentName(), parser);
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield new Value.Obj(members);
            }
            case START_ARRAY -> {
                var items = new ArrayList<Value>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield new Value.Arr(items);
            }
            case VALUE_STRING -> new Value.Text(paired(parser.getText(), parser));
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> Value.TRUE;
            case VALUE_FALSE -> Value.FALSE;
            case VALUE_NULL -> Value.NULL;
            default -> throw new Malformed("unexpected " + parser.currentToken() + place(parser));
        };
    }

    private static Value decimal(JsonParser parser) throws IOException, Malformed {
        BigDecimal number = null;
        try {
            number = parser.getDecimalValue();
        } catch (NumberFormatException _) {
            // An exponent past 2^31 is no BigDecimal, and the same complaint as one that is merely too large.
        }
        if (number == null || Math.abs((long) number.scale()) > MAX_EXPONENT) {
            throw new Malformed("a number's exponent is beyond " + MAX_EXPONENT + place(parser));
        }
        return new Value.Num(number);
    }

    private static Value integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> Value.of(parser.getLongValue());
            default -> new Value.Num(new BigDecimal(parser.getBigIntegerValue()));
        };
    }

    /** Refuses a string that UTF-8 cannot write: storing it would change it. */
    private static String paired(String text, JsonParser parser) throws Malformed {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                var whole = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!whole) {
                    throw new Malformed("a string holds half of a surrogate pair" + place(parser));
                }
                i++;
            }
        }
        return text;
    }

    private static Malformed malformed(IOException e) {
        if (e instanceof com.fasterxml.jackson.core.JsonProcessingException json) {
            var at = json.getLocation();
            var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return new Malformed(kind(json.getOriginalMessage()) + where);
        }
        return new Malformed("the bytes are not UTF-8 JSON");
    }

    /** Jackson's message quotes the text around the error; keep the part that does not. */
    private static String kind(String message) {
        if (message.contains("Duplicate field") || message.contains("Duplicate Object property")) {
            return "an object has the same key twice";
        }
        if (message.contains("nesting depth")) {
            return "nested deeper than 64 levels";
        }
        if (message.contains("Unexpected end-of-input") || message.contains("end-of-input")) {
            return "the JSON text ends too early";
        }
        if (message.contains("length") && message.contains("exceeds")) {
            return "a value is longer than the limit";
        }
        return "not valid JSON";
    }

    private static String place(JsonParser parser) {
        var at = parser.currentLocation();
        return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** UTF-8, no spaces. */
    public static byte[] bytes(Value value) {
        var out = new ByteArrayOutputStream(256);
        try (var generator = FACTORY.createGenerator(out)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    public static String text(Value value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** Indented, for people. */
    public static String pretty(Value value) {
        var out = new ByteArrayOutputStream(256);
        try (var generator = FACTORY.createGenerator(out)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter()
                    .withSeparators(com.fasterxml.jackson.core.util.Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(com.fasterxml.jackson.core.util.Separators.Spacing.AFTER)
                            .withRootSeparator(new SerializedString("\n").getValue())));
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    public static void write(JsonGenerator generator, Value value) throws IOException {
        switch (value) {
            case Value.Null _ -> generator.writeNull();
            case Value.Bool(var truth) -> generator.writeBoolean(truth);
            case Value.Text(var text) -> generator.writeString(text);
            case Value.Num(var number) -> generator.writeNumber(number);
            case Value.Arr(List<Value> items) -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(generator, item);
                }
                generator.writeEndArray();
            }
            case Value.Obj(Map<String, Value> members) -> {
                generator.writeStartObject();
                for (var member : members.entrySet()) {
                    generator.writeFieldName(member.getKey());
                    write(generator, member.getValue());
                }
                generator.writeEndObject();
            }
        }
    }
}
