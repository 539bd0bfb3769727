/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.emulator.sqs.Received;
import io.signalbox.emulator.template.Queue;
import io.signalbox.emulator.template.Trigger.QueueSource;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the command line asks an instance about itself, under {@code /_local/}; the API has nothing of it.
 *
 * <ul>
 *   <li>{@code GET usage}: units, requests and invocations since the start
 *   <li>{@code GET queues}: how many messages each holds
 *   <li>{@code GET dead_letters}: what was given up, and why
 *   <li>{@code POST invoke/{function}}: runs a function on the body; 200 with its answer, 500 with its error
 * </ul>
 *
 * <p>Nobody has to prove who they are, so only a program on this machine is answered: a page in a browser names its
 * origin, or, having made a name of its own point here, a host that is not this one.
 */
final class LocalSurface implements HttpHandler {

    static final String PREFIX = "/_local/";

    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1");
    private static final int MAX_LETTERS = 100;
    private static final int MAX_EVENT = 6 << 20;

    private final Instance instance;

    LocalSurface(Instance instance) {
        this.instance = requireNonNull(instance, "instance is null");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!fromThisMachine(exchange)) {
                send(exchange, 403, message("only programs on this machine are answered here"));
                return;
            }
            var path = exchange.getRequestURI().getPath().substring(PREFIX.length());
            switch (exchange.getRequestMethod() + " " + path) {
                case "GET usage" -> send(exchange, 200, usage());
                case "GET queues" -> send(exchange, 200, queues());
                case "GET dead_letters" -> send(exchange, 200, deadLetters());
                default -> {
                    if (exchange.getRequestMethod().equals("POST") && path.startsWith("invoke/")) {
                        invoke(exchange, path.substring("invoke/".length()));
                    } else {
                        send(exchange, 404, message("there is no " + exchange.getRequestMethod() + " " + path));
                    }
                }
            }
        }
    }

    private static boolean fromThisMachine(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var host = headers.getFirst("Host");
        var name = host == null ? "" : host.split(":", 2)[0].toLowerCase(Locale.ROOT);
        return HOSTS.contains(name) && !headers.containsKey("Origin");
    }

    private Value usage() {
        var usage = instance.aws().usage();
        var functions = new LinkedHashMap<String, Value>();
        instance.host()
                .invocations()
                .forEach((id, count) -> functions.put(
                        instance.host().template().functions().get(id).shortName(), Value.of(count)));
        var all = new LinkedHashMap<String, Value>();
        all.put(
                "dynamodb",
                object("write_units", decimal(usage.writeUnits()), "read_units", decimal(usage.readUnits())));
        all.put("sqs", object("requests", Value.of(usage.sqsTotal()), "by_action", counts(usage.sqsRequests())));
        var calls = usage.parameterCalls().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        all.put("ssm", object("requests", Value.of(calls), "by_action", counts(usage.parameterCalls())));
        all.put("invocations", Value.of(functions));
        return Value.of(all);
    }

    private Value queues() throws IOException {
        var letters = deadLetterQueues();
        var all = new ArrayList<Value>();
        for (var queue : instance.host().template().queues().values()) {
            var depth = instance.host().queue(queue.id()).depth();
            var members = new LinkedHashMap<String, Value>();
            members.put("name", Value.of(queue.id()));
            members.put("visible", Value.of(depth.visible() + depth.delayed()));
            members.put("in_flight", Value.of(depth.inFlight()));
            members.put("dead_letter", Value.of(letters.contains(queue.id())));
            all.add(Value.of(members));
        }
        return Value.of(all);
    }

    /** The queues that others give up to, and those that no function listens to. */
    private Set<String> deadLetterQueues() {
        var template = instance.host().template();
        var targets = template.queues().values().stream()
                .flatMap(queue -> queue.redrive().stream())
                .map(Queue.Redrive::deadLetterArn)
                .collect(Collectors.toSet());
        var heard = template.triggers(QueueSource.class).stream()
                .map(QueueSource::queue)
                .collect(Collectors.toSet());
        return template.queues().values().stream()
                .filter(queue -> targets.contains(queue.arn()) || !heard.contains(queue.id()))
                .map(Queue::id)
                .collect(Collectors.toSet());
    }

    private Value deadLetters() throws IOException {
        var all = new ArrayList<Value>();
        for (var id : deadLetterQueues().stream().sorted().toList()) {
            for (var letter : instance.host().queue(id).peek(MAX_LETTERS)) {
                var members = new LinkedHashMap<String, Value>();
                members.put("queue", Value.of(id));
                members.put("id", Value.of(letter.message().id()));
                members.put("reason", Value.of(reason(letter)));
                members.put("detail", Value.of(attribute(letter, "detail")));
                members.put("sent_at", Value.of(letter.sentAt().toString()));
                all.add(Value.of(members));
            }
        }
        return Value.of(all);
    }

    /** What the sender says of it; a message that SQS or the stream gave up says nothing itself. */
    private static String reason(Received letter) {
        var given = attribute(letter, "reason");
        if (given != null) {
            return given;
        }
        return letter.deadLetterSource() == null ? "RETRIES_EXHAUSTED" : "RECEIVED_TOO_OFTEN";
    }

    private static String attribute(Received letter, String name) {
        var attribute = letter.message().attributes().get(name);
        return attribute == null ? null : attribute.text();
    }

    private void invoke(HttpExchange exchange, String name) throws IOException {
        var function = instance.host().template().function(name);
        if (function.isEmpty()) {
            var names = instance.host().template().functions().values().stream()
                    .map(one -> one.shortName())
                    .collect(Collectors.joining(", "));
            send(exchange, 404, message("there is no function " + name + "; there are " + names));
            return;
        }
        var event = exchange.getRequestBody().readNBytes(MAX_EVENT + 1);
        switch (instance.host().invoke(function.get().id(), event)) {
            case Outcome.Answer(var payload) -> send(exchange, 200, payload);
            case Outcome.Failure failure -> send(exchange, 500, failure.payload());
        }
    }

    private static Value counts(Map<String, Long> counts) {
        var members = new LinkedHashMap<String, Value>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> members.put(entry.getKey(), Value.of(entry.getValue())));
        return Value.of(members);
    }

    private static Value object(String firstName, Value first, String secondName, Value second) {
        var members = new LinkedHashMap<String, Value>();
        members.put(firstName, first);
        members.put(secondName, second);
        return Value.of(members);
    }

    private static Value decimal(double units) {
        return Value.of(BigDecimal.valueOf(units));
    }

    private static Value message(String text) {
        return Value.of(Map.of("message", Value.of(text)));
    }

    private static void send(HttpExchange exchange, int status, Value body) throws IOException {
        send(exchange, status, Json.bytes(body));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
