/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import io.signalbox.local.Up;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line. Exit codes: 0 done, 1 it did not work, 2 the words are off. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Path.of(System.getProperty("signalbox.project", "")).toAbsolutePath(), List.of(args)));
    }

    static int run(Path project, List<String> args) {
        var screen = Screen.standard();
        try {
            return dispatch(screen, project, args);
        } catch (Arguments.Wrong e) {
            System.err.println("signalbox: " + e.getMessage() + "\nTry: ./signalbox help");
            return 2;
        } catch (Host.Trouble e) {
            System.err.println("signalbox: " + e.getMessage());
            return 1;
        }
    }

    private static int dispatch(Screen screen, Path project, List<String> args) throws Arguments.Wrong, Host.Trouble {
        var command = args.isEmpty() ? "help" : args.getFirst();
        var rest = args.isEmpty() ? args : args.subList(1, args.size());
        return switch (command) {
            case "up" -> up(project, rest);
            case "send" -> Send.run(screen, project, rest);
            case "token" -> token(screen, project, rest);
            case "invoke" -> invoke(screen, project, rest);
            case "help", "--help", "-h" -> help(screen);
            default -> throw new Arguments.Wrong("there is no command " + command);
        };
    }

    private static int up(Path project, List<String> words) throws Arguments.Wrong {
        var arguments = Arguments.parse(words, Set.of("port", "data"), Set.of("fresh", "isolated"));
        if (!arguments.words().isEmpty()) {
            throw new Arguments.Wrong(
                    "up takes options only, not " + arguments.words().getFirst());
        }
        var data = arguments.value("data").map(Path::of).orElse(project.resolve(".signalbox/data"));
        return Up.run(new Up.Options(
                arguments.port(), data.toAbsolutePath(), arguments.has("fresh"), arguments.has("isolated"), project));
    }

    private static int token(Screen screen, Path project, List<String> words) throws Arguments.Wrong, Host.Trouble {
        var arguments = Arguments.parse(words, Set.of("port", "scope"), Set.of());
        try (var host = Host.at(project, arguments.port())) {
            screen.line(host.token(arguments.value("scope").orElse(null)));
            return 0;
        }
    }

    private static int invoke(Screen screen, Path project, List<String> words) throws Arguments.Wrong, Host.Trouble {
        var arguments = Arguments.parse(words, Set.of("port"), Set.of());
        if (arguments.words().size() != 2) {
            throw new Arguments.Wrong("invoke takes a function and an event: invoke receiver events/receiver/….json");
        }
        byte[] event;
        try {
            event = Files.readAllBytes(Path.of(arguments.words().get(1)));
        } catch (IOException e) {
            throw new Arguments.Wrong("cannot read " + arguments.words().get(1));
        }
        try (var host = Host.at(project, arguments.port())) {
            var answer = host.send(
                    "POST",
                    "/_local/invoke/" + arguments.words().getFirst(),
                    event,
                    Map.of("Content-Type", "application/json"));
            screen.line(pretty(answer.body()));
            return answer.statusCode() == 200 ? 0 : 1;
        }
    }

    private static String pretty(byte[] body) {
        try {
            return Json.pretty(Json.parse(body));
        } catch (Json.Malformed e) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static int help(Screen screen) {
        Arrays.asList("""
            Signalbox: verified CRM webhooks in, scored and explained CRM records out.

            ./signalbox up                     build what is stale, start everything on http://127.0.0.1:3000
                --port N                       another port
                --data DIR                     where its data lives (.signalbox/data)
                --fresh                        start empty
                --isolated                     each function in a JVM of its own, from the zip that is deployed

            ./signalbox send VENDOR            post what a vendor would post, signed; show what becomes of it
                --tamper                       change one bit after signing, and see it refused
                --count N --rate R --seed S    load: N deliveries at R a second; sums up latency, losses and price

            ./signalbox token                  an access token of the demo client, for curl
                --scope "A B"                  with these scopes only

            ./signalbox invoke FUNCTION FILE   run one function on one sample event: invoke receiver events/receiver/….json

            ./signalbox help                   this

            send, token and invoke talk to the instance on --port N (3000).
            Exit codes: 0 done, 1 it did not work, 2 the words are off.
            """.split("\n")).forEach(screen::line);
        return 0;
    }
}
