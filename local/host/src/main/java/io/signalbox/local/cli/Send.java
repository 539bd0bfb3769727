/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.samples.VendorSamples.Life;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code signalbox send}: what a vendor would post, signed as it signs, and what becomes of it. */
final class Send {

    private static final int WAIT_MILLIS = 30_000;

    private final Screen screen;
    private final Host host;
    private final DemoConnection connection;
    private final Clock clock;

    private Send(Screen screen, Host host, DemoConnection connection, Clock clock) {
        this.screen = screen;
        this.host = host;
        this.connection = connection;
        this.clock = clock;
    }

    static int run(Screen screen, Path project, List<String> words) throws Arguments.Wrong, Host.Trouble {
        var arguments = Arguments.parse(words, Set.of("port", "count", "rate", "seed"), Set.of("tamper"));
        if (arguments.words().size() != 1) {
            throw new Arguments.Wrong("send takes one vendor: " + vendors());
        }
        var vendor = arguments.words().getFirst().toLowerCase(Locale.ROOT);
        if (Vendors.find(vendor).isEmpty()) {
            throw new Arguments.Wrong("send knows " + vendors() + ", not " + vendor);
        }
        var clock = Clock.systemUTC();
        try (var host = Host.at(project, arguments.port())) {
            var connection = DemoConnection.open(host, new VendorId(vendor), clock);
            var send = new Send(screen, host, connection, clock);
            var seed = arguments.number("seed", (int) (clock.millis() & 0x7fff_ffff), 0);
            if (arguments.has("tamper")) {
                return send.tampered(new Random(seed));
            }
            var count = arguments.number("count", 0, 1);
            return count == 0
                    ? send.one(new Random(seed))
                    : new Load(screen, host, connection, clock).run(count, arguments.number("rate", 50, 1), seed);
        }
    }

    private static String vendors() {
        return Vendors.all().stream().map(each -> each.id().value()).collect(Collectors.joining(", "));
    }

    private int one(Random random) throws Host.Trouble {
        var life = connection.samples().life(random, clock.instant());
        for (var body : life.bodies()) {
            var start = System.nanoTime();
            var answer = connection.post(body);
            screen.line("POST %s  %,d bytes, signed  ->  %d  %.0f ms"
                    .formatted(connection.path(), body.length, answer.statusCode(), (System.nanoTime() - start) / 1e6));
            if (answer.statusCode() / 100 != 2) {
                screen.line(Json.pretty(Host.json(answer)));
                return 1;
            }
        }
        Drain.await(host, screen, WAIT_MILLIS);
        var answer = host.api(recordPath(connection, life));
        if (answer.statusCode() != 200) {
            screen.line(Json.pretty(Host.json(answer)));
            return 1;
        }
        screen.line();
        show(Host.json(answer));
        return 0;
    }

    static String recordPath(DemoConnection connection, Life life) {
        var objects = "/api/v4/" + (life.object().name().equals("company") ? "companies" : life.object() + "s");
        return life.externalId() == null
                ? objects + "/by/email/" + URLEncoder.encode(life.email(), StandardCharsets.UTF_8)
                : objects + "/by/external_id/" + connection.id() + ":" + life.externalId();
    }

    private void show(Value answer) {
        var shown = new ArrayList<List<String>>();
        fields("", answer, shown);
        screen.line("%s %s, version %s"
                .formatted(
                        answer.at("object").asText(),
                        answer.at("id").asText(),
                        answer.at("version").asText()));
        screen.table(List.of("", ""), shown);

        var score = answer.at("score");
        screen.line();
        screen.line("Score %s  (%s: fit %s, engagement %s)"
                .formatted(
                        score.at("value").asText(),
                        score.at("label").asText(),
                        score.at("fit").asText(),
                        score.at("engagement").asText()));
        var reasons = new ArrayList<List<String>>();
        if (score.at("reasons") instanceof Value.Arr(var items)) {
            for (var reason : items) {
                var points = reason.at("points").asText();
                reasons.add(List.of(
                        points.startsWith("-") ? points : "+" + points,
                        reason.at("rule").asText(),
                        reason.at("text").asText()));
            }
        }
        if (reasons.isEmpty()) {
            screen.line("  No rule is met: nothing it asks for is known of this "
                    + answer.at("object").asText() + " yet."
                    + (connection.isReadBack()
                            ? " What this vendor leaves out is read back from it once it is granted:"
                                    + " GET /api/v4/connections/" + connection.id() + "/access."
                            : ""));
        } else {
            screen.table(List.of(">points", "rule", "why"), reasons);
        }
        if (!score.at("next_change_at").isNull()) {
            screen.line("Without another event the label falls at "
                    + score.at("next_change_at").asText() + ".");
        }
        screen.line();
        screen.line("curl -H \"Authorization: Bearer $(./signalbox token%s)\" %s"
                .formatted(
                        host.portOption(),
                        answer.at("_links").at("self").at("href").asText()));
    }

    private static void fields(String prefix, Value object, List<List<String>> rows) {
        if (!(object instanceof Value.Obj(var members))) {
            return;
        }
        for (var member : members.entrySet()) {
            var name = prefix + member.getKey();
            switch (member.getValue()) {
                case Value.Null _ -> {}
                case Value.Obj nested
                when Set.of("custom", "external_ids").contains(member.getKey()) -> fields(name + ".", nested, rows);
                case Value.Obj _ -> {}
                case Value.Arr array -> rows.add(List.of(name, Json.text(array)));
                case Value.Text _, Value.Num _, Value.Bool _ -> {
                    if (!Set.of("id", "object", "version").contains(name)) {
                        rows.add(List.of(name, member.getValue().asText()));
                    }
                }
            }
        }
    }

    private int tampered(Random random) throws Host.Trouble {
        var signed = connection.samples().life(random, clock.instant()).bodies().getFirst();
        var answer = connection.postTampered(signed);
        screen.line("POST %s  one bit changed after signing  ->  %d".formatted(connection.path(), answer.statusCode()));
        screen.line(Json.pretty(Host.json(answer)));
        screen.line();
        screen.line("The sender learns no more than that. The connection's owner sees why, at " + "/api/v4/connections/"
                + connection.id() + "/rejections:");
        var correlation = Host.json(answer).at("correlation_id");
        for (var waited = 0; waited < WAIT_MILLIS; waited += 200) {
            var listed = Host.json(host.api("/api/v4/connections/" + connection.id() + "/rejections"));
            if (listed.at("results") instanceof Value.Arr(var items)) {
                for (var item : items) {
                    if (item.at("correlation_id").equals(correlation)) {
                        screen.line(Json.pretty(item));
                        return answer.statusCode() == 401 ? 0 : 1;
                    }
                }
            }
            Drain.pause(200);
        }
        throw new Host.Trouble("the refusal was not listed within " + WAIT_MILLIS / 1000 + " s");
    }
}
