/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Identity;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the members of a request about a connection; gathers everything that is wrong with them. */
final class ConnectionInput {

    private static final int MAX_SECRETS = 5;

    private final Value.Obj body;
    private final List<Detail> wrong = new ArrayList<>();

    /** @param known the members the body may have */
    ConnectionInput(Value.Obj body, Set<String> known) {
        this.body = body;
        for (var name : body.members().keySet()) {
            if (!known.contains(name)) {
                var nearest = Nearest.to(name, known)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse("");
                wrong(
                        "/" + name.replace("~", "~0").replace("/", "~1"),
                        "UNKNOWN_FIELD",
                        "There is no such field." + nearest);
            }
        }
    }

    void wrong(String pointer, String code, String message) {
        wrong.add(new Detail(pointer, code, message));
    }

    /** Throws 422 with what was found so far, if anything was. */
    void check() {
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
    }

    Optional<String> text(String name) {
        return switch (body.get(name)) {
            case Value.Null _ -> Optional.empty();
            case Value.Text(var text) -> Optional.of(text);
            case Value.Num _, Value.Bool _, Value.Arr _, Value.Obj _ -> {
                wrong("/" + name, "INVALID_TYPE", name + " must be a text.");
                yield Optional.empty();
            }
        };
    }

    Optional<ConnectionId> id() {
        var text = text("id");
        if (text.isPresent() && !ConnectionId.isValid(text.get())) {
            wrong("/id", "INVALID_ID", "id is 1 to 40 of a-z, 0-9 and inner hyphens.");
            return Optional.empty();
        }
        if (text.isPresent() && text.get().equals(ConnectionId.API.value())) {
            wrong("/id", "RESERVED", "The id api stands for this API itself; choose another.");
            return Optional.empty();
        }
        if (text.isPresent() && Identity.isReserved(new ConnectionId(text.get()))) {
            wrong("/id", "RESERVED", "This id stands for what identifies people; choose another.");
            return Optional.empty();
        }
        return text.map(ConnectionId::new);
    }

    /** An https URL; plain http for this very machine only. */
    Optional<URI> publicUrl() {
        var text = text("public_url");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var url = new URI(text.get());
            if (url.getHost() != null && url.getFragment() == null && (isSecure(url) || isLoopback(url))) {
                return Optional.of(url);
            }
        } catch (URISyntaxException _) {
            // The same complaint as for what can be read, but is no such URL.
        }
        wrong("/public_url", "INVALID_URL", "public_url is an absolute https URL without fragment.");
        return Optional.empty();
    }

    private static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static boolean isLoopback(URI url) {
        return "http".equalsIgnoreCase(url.getScheme())
                && Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
    }

    /** Each a text, or an object with a {@code value}. */
    List<String> secrets() {
        if (body.get("secrets").isNull()) {
            return List.of();
        }
        if (!(body.get("secrets") instanceof Value.Arr(var items)) || items.size() > MAX_SECRETS) {
            wrong("/secrets", "INVALID_TYPE", "secrets is a list of at most " + MAX_SECRETS + " secrets.");
            return List.of();
        }
        var secrets = new ArrayList<String>();
        for (var i = 0; i < items.size(); i++) {
            var value = items.get(i) instanceof Value.Obj object ? object.get("value") : items.get(i);
            if (value instanceof Value.Text(var text) && isSecret(text)) {
                secrets.add(text);
            } else {
                wrong("/secrets/" + i, "INVALID_SECRET", "A secret is a text of 8 to 1,024 characters.");
            }
        }
        return secrets;
    }

    Optional<String> secret() {
        var secret = text("value");
        if (secret.isPresent() && !isSecret(secret.get())) {
            wrong("/value", "INVALID_SECRET", "A secret is a text of 8 to 1,024 characters.");
        }
        return secret;
    }

    private static boolean isSecret(String text) {
        return text.length() >= 8 && text.length() <= 1_024;
    }

    Map<String, Value> options() {
        return switch (body.get("options")) {
            case Value.Null _ -> Map.of();
            case Value.Obj(var members) -> members;
            case Value.Text _, Value.Num _, Value.Bool _, Value.Arr _ -> {
                wrong("/options", "INVALID_TYPE", "options must be an object.");
                yield Map.of();
            }
        };
    }

    /** A time after now. */
    Optional<Instant> future(String name, Instant now) {
        var text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var time = OffsetDateTime.parse(text.get()).toInstant();
            if (time.isAfter(now)) {
                return Optional.of(time);
            }
        } catch (DateTimeException _) {
            // The same complaint as for a time past.
        }
        wrong("/" + name, "INVALID_DATETIME", name + " is a time to come, as RFC 3339 writes it.");
        return Optional.empty();
    }
}
