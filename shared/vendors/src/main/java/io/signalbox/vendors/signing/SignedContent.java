/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a MAC is taken over: literal text with places for the body, the time, the delivery's id, the method and the
 * connection's URL, as in {@code v0:{timestamp}:{body}}.
 *
 * <p>A template is usable only where the signed bytes can be told apart in one way, or else a captured request could be
 * sent again with bytes moved from one place to its neighbour, under the same MAC. The time has a strict form of its own
 * and needs no end mark; method and URL are ours and not the sender's to choose; there is one body, so all before it is
 * read from the front and all behind it from the back. What remains is the id: on the side that faces the body, a
 * literal must stand that begins with a character no id has.
 */
public final class SignedContent {

    private static final int LONGEST = 200;
    private static final String BODY = "{body}";

    /** Over the body alone. */
    public static final SignedContent BODY_ALONE = of(BODY);

    /** A place in a template. */
    private enum Place {
        BODY,
        TIMESTAMP,
        ID,
        METHOD,
        URL
    }

    private record Part(String literal, Place place) {}

    /**
     * What fills the places.
     *
     * @param method in capitals
     * @param url the one that was given to the sender, without a query
     * @param time as it was sent; null where the scheme has none
     * @param id as it was sent; null where the scheme has none
     */
    public record Filling(String method, String url, String time, String id, byte[] body) {
        public Filling {
            requireNonNull(method, "method is null");
            requireNonNull(url, "url is null");
            requireNonNull(body, "body is null");
        }
    }

    private final String template;
    private final List<Part> parts;

    private SignedContent(String template, List<Part> parts) {
        this.template = template;
        this.parts = parts;
    }

    /** @throws IllegalArgumentException with what {@link #problem} says, when it says something */
    public static SignedContent of(String template) {
        problem(template).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new SignedContent(template, parse(template));
    }

    /** Why a template cannot be used, for who wrote it; empty when it can. */
    public static Optional<String> problem(String template) {
        if (template.length() > LONGEST) {
            return Optional.of("The template has more than " + LONGEST + " characters.");
        }
        var parts = parse(template);
        if (parts == null) {
            return Optional.of("A brace stands for a place: {body}, {timestamp}, {id}, {method} or {url}.");
        }
        for (var place : Place.values()) {
            if (parts.stream().filter(part -> part.place == place).count() > 1) {
                return Optional.of("A place occurs twice.");
            }
        }
        if (parts.stream().noneMatch(part -> part.place == Place.BODY)) {
            return Optional.of("Without {body} anybody could send any body under a captured signature.");
        }
        return idIsBounded(parts)
                ? Optional.empty()
                : Optional.of("Between {id} and {body} must stand, right beside {id}, a character that no id has, such"
                        + " as a dot; or else bytes could be moved from one to the other.");
    }

    private static boolean idIsBounded(List<Part> parts) {
        var body = 0;
        var id = -1;
        for (var i = 0; i < parts.size(); i++) {
            body = parts.get(i).place == Place.BODY ? i : body;
            id = parts.get(i).place == Place.ID ? i : id;
        }
        if (id < 0) {
            return true;
        }
        var literal = parts.get(id < body ? id + 1 : id - 1).literal;
        return literal != null && !isIdCharacter(literal.charAt(id < body ? 0 : literal.length() - 1));
    }

    /** The parts; null when a brace is not part of a place. */
    private static List<Part> parse(String template) {
        var parts = new ArrayList<Part>();
        var at = 0;
        while (at < template.length()) {
            if (template.charAt(at) == '{') {
                var place = place(template, at);
                if (place == null) {
                    return null;
                }
                parts.add(new Part(null, place));
                at += place.name().length() + 2;
            } else {
                var brace = template.indexOf('{', at);
                var end = brace < 0 ? template.length() : brace;
                var literal = template.substring(at, end);
                if (literal.indexOf('}') >= 0) {
                    return null;
                }
                parts.add(new Part(literal, null));
                at = end;
            }
        }
        return parts;
    }

    private static Place place(String template, int at) {
        for (var place : Place.values()) {
            if (template.startsWith(named(place), at)) {
                return place;
            }
        }
        return null;
    }

    private static String named(Place place) {
        return switch (place) {
            case BODY -> BODY;
            case TIMESTAMP -> "{timestamp}";
            case ID -> "{id}";
            case METHOD -> "{method}";
            case URL -> "{url}";
        };
    }

    public boolean hasTimestamp() {
        return has(Place.TIMESTAMP);
    }

    public boolean hasId() {
        return has(Place.ID);
    }

    private boolean has(Place place) {
        return parts.stream().anyMatch(part -> part.place == place);
    }

    /** Whether the text can be an id: 1 to 200 letters, digits, hyphens and underscores. */
    public static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(SignedContent::isIdCharacter);
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** The signed bytes, in parts. */
    byte[][] bytes(Filling filling) {
        var bytes = new byte[parts.size()][];
        for (var i = 0; i < bytes.length; i++) {
            var part = parts.get(i);
            bytes[i] = part.literal == null ? filled(part.place, filling) : part.literal.getBytes(UTF_8);
        }
        return bytes;
    }

    private static byte[] filled(Place place, Filling filling) {
        return switch (place) {
            case BODY -> filling.body;
            case TIMESTAMP -> filling.time.getBytes(UTF_8);
            case ID -> filling.id.getBytes(UTF_8);
            case METHOD -> filling.method.getBytes(UTF_8);
            case URL -> filling.url.getBytes(UTF_8);
        };
    }

    @Override
    public String toString() {
        return template;
    }
}
