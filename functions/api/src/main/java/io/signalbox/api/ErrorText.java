/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the page of an error code says; backquotes stand around what is code. The texts are in {@code errors.json}, one
 * for each code.
 *
 * @param happened what the code means
 * @param mend what the caller can do
 * @param retry whether the same request can succeed later
 */
record ErrorText(String happened, String mend, String retry) {

    private static final String FILE = "errors.json";

    ErrorText {
        requireNonNull(happened, "happened is null");
        requireNonNull(mend, "mend is null");
        requireNonNull(retry, "retry is null");
    }

    /** The text of every code; a code without one is a fault of the build. */
    static Map<ErrorCode, ErrorText> all() {
        var file = read();
        var all = new EnumMap<ErrorCode, ErrorText>(ErrorCode.class);
        for (var code : ErrorCode.values()) {
            all.put(code, of(file.at(code.name())));
        }
        return all;
    }

    private static ErrorText of(Value text) {
        return new ErrorText(
                text.at("happened").asText(),
                text.at("mend").asText(),
                text.at("retry").asText());
    }

    private static Value read() {
        try (var in = requireNonNull(ErrorText.class.getResourceAsStream(FILE), "no " + FILE)) {
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Json.Malformed e) {
            throw new IllegalStateException(FILE + " is not JSON", e);
        }
    }
}
