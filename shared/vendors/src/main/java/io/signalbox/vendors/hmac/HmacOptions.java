/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hmac;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.Vendor.ConfigurationError;
import io.signalbox.vendors.generic.GenericEvent;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.HmacScheme;
import io.signalbox.vendors.signing.SignedContent;
import io.signalbox.vendors.signing.SignedTime;
import io.signalbox.vendors.signing.TextForm;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a user says of a sender, and the scheme that it makes. */
final class HmacOptions {

    private static final String HEADER = "[A-Za-z0-9-]{1,64}";
    private static final String HEADER_SAID = "a header's name of letters, digits and hyphens";
    private static final String POINTER = "(/[^ /]+)+";
    private static final String POINTER_SAID = "a JSON Pointer, as /data/object";

    static final Option SIGNATURE_HEADER = Option.words(
                    "signature_header", HEADER, HEADER_SAID, "The header that holds the signature.")
            .required();
    static final Option ALGORITHM =
            Option.choice("algorithm", List.of("sha256", "sha1", "sha512"), "The hash that HMAC is taken with.");
    static final Option ENCODING =
            Option.choice("encoding", List.of("hex", "base64"), "How the signature is written; hex in lower case.");
    static final Option PREFIX = Option.words(
            "prefix",
            "[!-~]{1,32}",
            "up to 32 visible ASCII characters",
            "What stands before the signature, as sha256=, or v1= in a list.");
    static final Option SEPARATOR = Option.words(
            "separator",
            "[,;| ]{1,2}",
            "one or two of comma, semicolon, bar and blank",
            "What stands between the entries of the signature header, where it is a list, as t=…,v1=….");
    static final Option SIGNED_CONTENT = Option.words(
                    "signed_content",
                    "(?s).{1,200}",
                    "a text of up to 200 characters",
                    "What is signed: text with the places {body}, {timestamp}, {id}, {method} and {url}.")
            .or("{body}");
    static final Option TIMESTAMP_HEADER =
            Option.words("timestamp_header", HEADER, HEADER_SAID, "The header that holds the time of {timestamp}.");
    static final Option TIMESTAMP_ELEMENT = Option.words(
            "timestamp_element",
            "[A-Za-z0-9_-]{1,16}",
            "up to 16 letters, digits, hyphens and underscores",
            "The entry of the signature header that holds the time of {timestamp}, as t.");
    static final Option TIMESTAMP_UNIT = Option.choice(
            "timestamp_unit",
            List.of("seconds", "milliseconds", "iso8601", "http_date"),
            "How the time is written: ten digits, thirteen, 2026-03-01T10:00:00Z, or Sun, 01 Mar 2026 10:00:00 GMT.");
    static final Option TOLERANCE =
            Option.whole("tolerance_seconds", 1, 3_600, 300, "How far the time may be from now, either way.");
    static final Option ID_HEADER =
            Option.words("id_header", HEADER, HEADER_SAID, "The header that holds the delivery's id, of {id}.");
    static final Option DEDUPE_HEADER = Option.words(
            "dedupe_header",
            HEADER,
            HEADER_SAID,
            "A header that is the same when a delivery is sent again. It is not signed: use it only where the body has no"
                    + " id.");
    static final Option SECRET_ENCODING = Option.choice(
            "secret_encoding",
            List.of("text", "hex", "base64"),
            "Whether the secret's characters are the key, or the bytes they encode.");
    static final Option EVENTS_PATH = Option.words(
            "events_path", POINTER, POINTER_SAID, "Where in the body the array of events is; unset, the body is one.");
    static final Option TYPE_PATH = Option.words(
                    "type_path",
                    POINTER + "( " + POINTER + ")*",
                    "one or more JSON Pointers with blanks between",
                    "Where in an event its type is; the values of several pointers are joined by dots.")
            .or("/type");
    static final Option ID_PATH = Option.words("id_path", POINTER, POINTER_SAID, "Where in an event its id is.")
            .or("/id");
    static final Option TIME_PATH = Option.words(
            "time_path",
            POINTER,
            POINTER_SAID,
            "Where in an event, or else in the body, the time is that it happened at; unset, /timestamp, /occurred_at or"
                    + " /created_at.");
    static final Option DATA_PATH = Option.words(
                    "data_path", POINTER, POINTER_SAID, "Where in an event the record or the engagement is.")
            .or("/data");
    static final Option SUBJECT_PATH = Option.words(
            "subject_path",
            POINTER,
            POINTER_SAID,
            "Where in an event the record's id is; unset, it is the data's id, or contact_id for an engagement.");
    static final Option EMAIL_PATH = Option.words(
            "email_path",
            POINTER,
            POINTER_SAID,
            "Where in an event the contact's e-mail address is; unset, the data's email.");
    static final Option TYPES = Option.members(
            "types", "The sender's types as ours, an object: {\"customer.created\": \"contact.created\"}.");

    static final List<Option> ALL = List.of(
            SIGNATURE_HEADER,
            ALGORITHM,
            ENCODING,
            PREFIX,
            SEPARATOR,
            SIGNED_CONTENT,
            TIMESTAMP_HEADER,
            TIMESTAMP_ELEMENT,
            TIMESTAMP_UNIT,
            TOLERANCE,
            ID_HEADER,
            DEDUPE_HEADER,
            SECRET_ENCODING,
            EVENTS_PATH,
            TYPE_PATH,
            ID_PATH,
            TIME_PATH,
            DATA_PATH,
            SUBJECT_PATH,
            EMAIL_PATH,
            TYPES);

    /** The fewest bytes a key may have, however it is written. */
    static final int SHORTEST_KEY = 16;

    private static final int MOST_TYPES = 50;

    private HmacOptions() {}

    /** The scheme; call only for options without errors. */
    static HmacScheme scheme(Connection connection) {
        return new HmacScheme(
                ALGORITHM.text(connection),
                header(SIGNATURE_HEADER, connection),
                Hmac.valueOf(upper(ALGORITHM.text(connection))),
                TextForm.valueOf(upper(ENCODING.text(connection))),
                orEmpty(PREFIX.text(connection)),
                orEmpty(SEPARATOR.text(connection)),
                time(connection),
                header(ID_HEADER, connection),
                SignedContent.of(SIGNED_CONTENT.text(connection)),
                TextForm.valueOf(upper(SECRET_ENCODING.text(connection))));
    }

    private static SignedTime time(Connection connection) {
        var element = TIMESTAMP_ELEMENT.text(connection);
        var header = header(TIMESTAMP_HEADER, connection);
        if (element == null && header == null) {
            return null;
        }
        var tolerance = TOLERANCE.of(connection) instanceof Value.Num(var seconds) ? seconds : BigDecimal.ONE;
        return new SignedTime(
                element == null ? header : element,
                element != null,
                SignedTime.Unit.valueOf(upper(TIMESTAMP_UNIT.text(connection))),
                Duration.ofSeconds(tolerance.longValue()));
    }

    static String header(Option option, Connection connection) {
        var name = option.text(connection);
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** What is wrong with options that are each right in themselves. */
    static List<ConfigurationError> problems(Connection connection) {
        var errors = new ArrayList<ConfigurationError>();
        var template = SIGNED_CONTENT.text(connection);
        var problem = SignedContent.problem(template);
        if (problem.isPresent()) {
            errors.add(error(SIGNED_CONTENT, problem.get()));
            return errors;
        }
        var content = SignedContent.of(template);
        var hasElement = TIMESTAMP_ELEMENT.text(connection) != null;
        var hasTime = hasElement || TIMESTAMP_HEADER.text(connection) != null;
        if (content.hasTimestamp() && !hasTime) {
            errors.add(error(SIGNED_CONTENT, "{timestamp} needs timestamp_header or timestamp_element."));
        }
        if (!content.hasTimestamp() && hasTime) {
            errors.add(error(
                    SIGNED_CONTENT, "The time is not signed, so it proves nothing: add {timestamp}, or give none."));
        }
        if (hasElement && TIMESTAMP_HEADER.text(connection) != null) {
            errors.add(error(TIMESTAMP_ELEMENT, "The time is in a header or in the signature header, not in both."));
        }
        if (hasElement && SEPARATOR.text(connection) == null) {
            errors.add(error(SEPARATOR, "An entry that holds the time needs a separator between the entries."));
        }
        if (SEPARATOR.text(connection) != null && PREFIX.text(connection) == null) {
            errors.add(error(PREFIX, "In a list, the prefix tells which entries are signatures."));
        }
        if (hasElement && (TIMESTAMP_ELEMENT.text(connection) + "=").equals(PREFIX.text(connection))) {
            errors.add(error(TIMESTAMP_ELEMENT, "One entry cannot be both the time and the signature."));
        }
        if (content.hasId() != (ID_HEADER.text(connection) != null)) {
            errors.add(error(
                    ID_HEADER,
                    "{id} is what this header holds: give both, or neither. What is not signed can"
                            + " be a dedupe_header."));
        }
        headers(connection, errors);
        types(connection, errors);
        return errors;
    }

    private static void headers(Connection connection, List<ConfigurationError> errors) {
        var signature = header(SIGNATURE_HEADER, connection);
        for (var option : List.of(TIMESTAMP_HEADER, ID_HEADER, DEDUPE_HEADER)) {
            var name = header(option, connection);
            if (name != null && (name.equals(signature) || isOfTransport(name))) {
                errors.add(error(option, "This header says something else."));
            }
        }
        if (signature != null && isOfTransport(signature)) {
            errors.add(error(SIGNATURE_HEADER, "This header says something else."));
        }
    }

    private static boolean isOfTransport(String header) {
        return List.of("host", "content-type", "content-length", "cookie", "user-agent", "x-forwarded-for", "via")
                .contains(header);
    }

    private static void types(Connection connection, List<ConfigurationError> errors) {
        if (!(TYPES.of(connection) instanceof Value.Obj(var types))) {
            return;
        }
        if (types.size() > MOST_TYPES) {
            errors.add(error(TYPES, "There are more than " + MOST_TYPES + "."));
        }
        types.forEach((theirs, ours) -> {
            if (!(ours instanceof Value.Text(var type)) || !GenericEvent.isType(type)) {
                errors.add(error(TYPES, "A type of ours is lower-case words with dots between, as contact.created."));
            }
        });
    }

    private static ConfigurationError error(Option option, String message) {
        return new ConfigurationError("/options/" + option.name(), "INVALID", message);
    }
}
