/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.Value;
import io.signalbox.outbound.Connect.Wish;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.OAuth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads what access shall be like; gathers everything that is wrong with it. */
final class AccessInput {

    private static final Set<String> ALWAYS =
            Set.of("flow", "client_id", "client_secret", "token", "private_key", "scopes", "fields", "daily_limit");
    private static final int LONGEST = 8_192;

    private final Value.Obj body;
    private final OAuth oauth;
    private final List<Detail> wrong = new ArrayList<>();

    AccessInput(Value.Obj body, OAuth oauth) {
        this.body = body;
        this.oauth = oauth;
    }

    /** @param known a secret of the app's that is known already */
    Wish wish(Supplier<Optional<String>> known) {
        var flow = flow();
        var settings = new TreeSet<>(oauth.settings(flow));
        var names = new TreeSet<>(ALWAYS);
        names.addAll(settings);
        for (var name : body.members().keySet()) {
            if (!names.contains(name)) {
                wrong(name, "UNKNOWN_FIELD", "There is no such field; there are " + String.join(", ", names) + ".");
            }
        }
        var id = text("client_id").orElse("");
        if (flow != Flow.TOKEN && id.isEmpty()) {
            wrong("client_id", "REQUIRED", "Give the client id of your app at the vendor.");
        }
        var values = new TreeMap<String, String>();
        for (var name : settings) {
            text(name)
                    .ifPresentOrElse(
                            value -> values.put(name, value),
                            () -> wrong(name, "REQUIRED", "This vendor needs " + name + "."));
        }
        var app = new App(flow, id, secret(flow, known), texts("scopes"), values);
        if (wrong.isEmpty()) {
            oauth.check(app).forEach(error -> wrong.add(new Detail(error.pointer(), error.code(), error.message())));
        }
        var fields = texts("fields");
        var limit = limit();
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
        return new Wish(app, fields, limit);
    }

    private Flow flow() {
        var text = text("flow");
        if (text.isEmpty()) {
            return oauth.flows().getFirst();
        }
        for (var flow : oauth.flows()) {
            if (flow.name().toLowerCase(Locale.ROOT).equals(text.get())) {
                return flow;
            }
        }
        wrong(
                "flow",
                "INVALID",
                "flow is one of "
                        + oauth.flows().stream()
                                .map(flow -> flow.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ".");
        return oauth.flows().getFirst();
    }

    private String secret(Flow flow, Supplier<Optional<String>> known) {
        var name = switch (flow) {
            case AUTHORIZATION_CODE, CLIENT_CREDENTIALS -> "client_secret";
            case JWT_BEARER -> "private_key";
            case TOKEN -> "token";
        };
        var secret = text(name).or(() -> flow == Flow.AUTHORIZATION_CODE ? known.get() : Optional.empty());
        if (secret.isEmpty()) {
            wrong(name, "REQUIRED", "Give the " + name + ".");
        }
        return secret.orElse("");
    }

    private Optional<String> text(String name) {
        return switch (body.get(name)) {
            case Value.Null _ -> Optional.empty();
            case Value.Text(var text) when !text.isBlank() && text.length() <= LONGEST -> Optional.of(text.strip());
            case Value.Text _, Value.Num _, Value.Bool _, Value.Arr _, Value.Obj _ -> {
                wrong(name, "INVALID_TYPE", name + " is a text of at most " + LONGEST + " characters.");
                yield Optional.empty();
            }
        };
    }

    private List<String> texts(String name) {
        if (body.get(name).isNull()) {
            return List.of();
        }
        if (body.get(name) instanceof Value.Arr(var items)
                && items.size() <= 100
                && items.stream().allMatch(item -> item instanceof Value.Text(var text) && isWord(text))) {
            return items.stream().map(item -> item.asText()).toList();
        }
        wrong(name, "INVALID_TYPE", name + " is a list of at most 100 names.");
        return List.of();
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && text.length() <= 200 && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private long limit() {
        var value = body.get("daily_limit");
        if (value.isNull()) {
            return 0;
        }
        if (value instanceof Value.Num(var number) && number.signum() > 0 && number.precision() - number.scale() <= 9) {
            return number.longValue();
        }
        wrong("daily_limit", "INVALID", "daily_limit is a whole number of calls, 1 or more.");
        return 0;
    }

    private void wrong(String name, String code, String message) {
        wrong.add(new Detail("/" + name.replace("~", "~0").replace("/", "~1"), code, message));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AccessInput" + Map.of("flow", body.get("flow"));
    }
}
