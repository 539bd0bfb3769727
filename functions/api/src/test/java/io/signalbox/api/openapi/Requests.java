/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests made from the contract: each operation as its examples show it, then broken here and there. What earlier
 * answers held (ids, tags, cursors) is used again, where it belongs and where it does not.
 */
public final class Requests {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");
    private static final Pattern SEEN =
            Pattern.compile("\"(id|after|next_sync_token|etag|job_id)\":\"((?:[^\"\\\\]|\\\\.){1,400})\"");
    private static final List<String> METHODS = List.of("HEAD", "OPTIONS", "DELETE", "TRACE", "patch", "");
    private static final List<String> HEADERS = List.of(
            "accept",
            "content-type",
            "content-length",
            "content-encoding",
            "if-match",
            "if-none-match",
            "idempotency-key",
            "x-correlation-id",
            "cookie",
            "expect",
            "transfer-encoding",
            "x-forwarded-for",
            "host");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/merge-patch+json",
            "application/json; charset=utf-16",
            "application/x-www-form-urlencoded",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/xml",
            "nonsense",
            "",
            ";;;");

    /**
     * One request.
     *
     * @param body null for none
     * @param client who calls; empty for nobody that the authorizer knows
     */
    public record Made(
            Operation operation,
            String method,
            String path,
            Map<String, String> headers,
            String body,
            boolean isBase64,
            Optional<String> client) {

        public Made {
            headers = Map.copyOf(headers);
        }
    }

    private final RandomGenerator random;
    private final BrokenValues current;
    private final BrokenValues previous;

    /** By the document that the operation at hand is in. */
    private BrokenValues broken;

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, List<String>> seen = new LinkedHashMap<>();

    public Requests(RandomGenerator random) {
        this.random = random;
        this.current = new BrokenValues(random, Contract.document().at("components"));
        this.previous = new BrokenValues(random, Contract.previous().at("components"));
        this.broken = current;
        for (var operation : Operations.ALL) {
            // Documents and pages are large and take little: they come up less often.
            var often = operation.template().startsWith("/api/") ? 8 : 1;
            for (var i = 0; i < often; i++) {
                operations.add(operation);
            }
        }
    }

    /** Keeps what an answer holds that later requests may name. */
    public void learn(Made made, int status, String body) {
        if (status < 300 && made.operation().template().startsWith("/api/")) {
            var found = SEEN.matcher(body.substring(0, Math.min(body.length(), 20_000)));
            while (found.find()) {
                var some = seen.computeIfAbsent(
                        made.operation()
                                .template()
                                .split("/", -1)[
                                Math.min(3, made.operation().template().split("/", -1).length - 1)],
                        _ -> new ArrayList<>());
                some.add(found.group(2));
                if (some.size() > 200) {
                    some.remove(random.nextInt(some.size()));
                }
            }
        }
    }

    /**
     * What makes something that others may name: every POST to a collection, as its example shows it; what defines
     * objects before what makes records of them.
     */
    public List<Made> openers() {
        var openers = new ArrayList<Made>();
        var schemasFirst = Comparator.comparing(
                (Operation operation) -> !operation.template().contains("/schemas"));
        for (var operation : Operations.ALL.stream().sorted(schemasFirst).toList()) {
            if (operation.method().equals("POST") && operation.id().startsWith("create")) {
                var content = Tree.copy(contract(operation).at("requestBody").at("content"));
                for (var i = 0; i < 5 && content.containsKey("application/json"); i++) {
                    var example = content.get("application/json").at("example");
                    openers.add(new Made(
                            operation,
                            "POST",
                            operation.template().replace("{object}", "vehicle"),
                            Map.of("content-type", "application/json"),
                            Json.text(i == 0 ? example : varied(example)),
                            false,
                            Optional.of("client-1")));
                }
            }
        }
        return openers;
    }

    /** The next one; the same seed and the same answers make the same ones. */
    public Made next() {
        var operation = operations.get(random.nextInt(operations.size()));
        var contract = contract(operation);
        var headers = new LinkedHashMap<String, String>();
        var query = new StringJoiner("&");
        for (var each : Tree.items(contract.at("parameters"))) {
            var parameter = broken.resolved(each);
            var isRequired = Value.TRUE.equals(parameter.at("required"));
            if (random.nextInt(10) < (isRequired ? 9 : 2)) {
                var name = parameter.at("name").asText();
                var value = parameter(operation, parameter);
                if (parameter.at("in").equals(Value.of("header"))) {
                    headers.put(name.toLowerCase(Locale.ROOT), value);
                } else if (parameter.at("in").equals(Value.of("query"))) {
                    query.add(pair(name, value));
                }
            }
        }
        if (random.nextInt(20) == 0) {
            query.add(pair(broken.text(), broken.text()));
        }
        if (random.nextInt(40) == 0) {
            query.add(query.toString());
        }
        if (random.nextInt(12) == 0) {
            headers.put(HEADERS.get(random.nextInt(HEADERS.size())), header(broken.text()));
        }
        var body = body(contract, headers);
        var isBase64 = body != null && random.nextInt(6) == 0;
        var path = path(operation);
        var method = random.nextInt(60) == 0 ? METHODS.get(random.nextInt(METHODS.size())) : operation.method();
        return new Made(
                operation,
                method,
                query.length() == 0 ? path : path + "?" + query,
                headers,
                isBase64 ? encoded(body) : body,
                isBase64,
                client());
    }

    private Value contract(Operation operation) {
        var item = Contract.document().at("paths").at(operation.template());
        broken = item.isNull() ? previous : current;
        return (item.isNull() ? Contract.previous().at("paths").at(operation.template()) : item)
                .at(operation.method().toLowerCase(Locale.ROOT));
    }

    private Optional<String> client() {
        return switch (random.nextInt(20)) {
            case 0 -> Optional.empty();
            case 1, 2 -> Optional.of("client-2");
            default -> Optional.of("client-1");
        };
    }

    private String path(Operation operation) {
        var place = operation.template().split("/");
        var object = place.length > 3 ? place[3] : "";
        return VARIABLE.matcher(operation.template()).replaceAll(variable -> {
            var value = random.nextInt(10) == 0 ? broken.text() : variable(object, variable.group(1));
            var text = random.nextInt(60) == 0 ? value.replaceAll("[^!-~]", "?") : encode(value);
            return Matcher.quoteReplacement(text);
        });
    }

    private String variable(String object, String name) {
        var objects = Contract.OBJECTS;
        return switch (name) {
            case "to" -> objects.get(random.nextInt(objects.size())).path();
            case "to_id" -> seen(objects.get(random.nextInt(objects.size())).path());
            case "key" -> random.nextBoolean() ? "email" : "external_id";
            case "object" -> "vehicle";
            case "value" -> random.nextBoolean() ? "ada@example.com" : "erp:" + random.nextInt(20);
            case "code" -> "NOT_FOUND";
            case "file" -> "docs.css";
            case "vendor_id" -> random.nextBoolean() ? "hubspot" : "standard";
            default -> seen(object);
        };
    }

    private String seen(String object) {
        var some = random.nextInt(15) == 0
                ? seen.values().stream().flatMap(List::stream).toList()
                : seen.getOrDefault(object, List.of());
        return some.isEmpty() ? "7" : some.get(random.nextInt(some.size()));
    }

    private String parameter(Operation operation, Value parameter) {
        var object = operation.template().split("/");
        return switch (random.nextInt(6)) {
            case 0 -> header(broken.text());
            case 1 -> header(plain(broken.near(parameter.at("schema"))));
            case 2 -> seen(object.length > 3 ? object[3] : "");
            default -> parameter.at("example").isNull() ? "" : plain(parameter.at("example"));
        };
    }

    private static String plain(Value value) {
        return value instanceof Value.Text(var text) ? text : Json.text(value);
    }

    /** A header's value has no line breaks by the time it is here: API Gateway takes none. */
    private static String header(String value) {
        return value.replaceAll("[\\r\\n\\x00]", " ");
    }

    private String pair(String name, String value) {
        return random.nextInt(40) == 0
                ? name + "=%zz" + value.replaceAll("[^!-~]|&", "")
                : encode(name) + "=" + encode(value);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** @return null for none; {@code headers} gets its type */
    private String body(Value contract, Map<String, String> headers) {
        var types = Tree.copy(contract.at("requestBody").at("content"));
        if (types.isEmpty() || random.nextInt(30) == 0) {
            return random.nextInt(10) == 0 ? "{}" : null;
        }
        var type = List.copyOf(types.keySet()).get(random.nextInt(types.size()));
        headers.put("content-type", random.nextInt(25) == 0 ? TYPES.get(random.nextInt(TYPES.size())) : type);
        var example = varied(types.get(type).at("example"));
        var value = random.nextInt(5) < 2
                ? example
                : broken.broken(example, types.get(type).at("schema"));
        if (!type.endsWith("json")) {
            var form = new StringJoiner("&");
            Tree.copy(value).forEach((name, each) -> form.add(encode(name) + "=" + encode(plain(each))));
            return form.toString();
        }
        var text = Json.text(value);
        return random.nextInt(15) == 0 ? brokenText(text) : text;
    }

    /** Ids and addresses of the examples, by some that there are. */
    private Value varied(Value example) {
        return Tree.each(Tree.texts(example, text -> text), object -> {
            var members = Tree.copy(object);
            members.replaceAll((name, value) -> switch (name) {
                case "email" -> random.nextInt(4) == 0 ? value : Value.of("p" + random.nextInt(2_000) + "@example.com");
                case "id", "primary_id" ->
                    value instanceof Value.Text && random.nextInt(4) > 0 ? Value.of(seen("contacts")) : value;
                default -> value;
            });
            return new Value.Obj(members);
        });
    }

    private String brokenText(String text) {
        var at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + broken.text() + text.substring(at);
            case 2 -> "\ufeff" + text;
            case 3 -> text + text;
            case 4 -> "[".repeat(20_000);
            case 5 -> "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
            case 6 ->
                "{\"email\":\"a@example.com\",\"email\":\"b@example.com\","
                        + text.substring(Math.min(1, text.length()));
            case 7 -> "";
            default -> "\"" + "y".repeat(300_000) + "\"";
        };
    }

    private String encoded(String body) {
        var bytes = body.getBytes(UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }
}
