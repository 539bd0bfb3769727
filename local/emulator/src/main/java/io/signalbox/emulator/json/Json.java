/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain Java: {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean}, null. Enough for the
 * wire formats of AWS, whose members have fixed types; the emulator depends on nothing of Signalbox.
 */
public final class Json {

    /** DynamoDB's answers may reach 16 MB. */
    private static final int MAX_STRING = 20 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
            .build();

    private Json() {}

    /** @throws IOException when the bytes are not one JSON object */
    public static Map<String, Object> object(byte[] json) throws IOException {
        try (var parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the text is not a JSON object");
            }
            var members = members(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more follows after the JSON object");
            }
            return members;
        }
    }

    /** UTF-8, no spaces. */
    public static byte[] bytes(Object value) {
        var out = new ByteArrayOutputStream(256);
        try (var generator = FACTORY.createGenerator(out)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** One member of an object, of any depth, without building the rest; null when it has none of that name. */
    public static Object member(byte[] json, String name) throws IOException {
        try (var parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var found = parser.currentName().equals(name);
                parser.nextToken();
                if (found) {
                    return read(parser);
                }
                parser.skipChildren();
            }
            return null;
        }
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser));
        }
        return members;
    }

    private static Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                var items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> members -> {
                generator.writeStartObject();
                for (var member : members.entrySet()) {
                    generator.writeFieldName((String) member.getKey());
                    write(generator, member.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> items -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(generator, item);
                }
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Boolean truth -> generator.writeBoolean(truth);
            case BigDecimal number -> generator.writeNumber(number);
            case BigInteger number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Number number -> generator.writeNumber(number.longValue());
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }
}
