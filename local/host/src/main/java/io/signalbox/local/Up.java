/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code up}: an instance until it is told to stop, and what its user needs to begin. */
public final class Up {

    private static final int FAILED = 1;

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;
    private final long began = System.nanoTime();

    /**
     * The command's flags.
     *
     * @param fresh whether what earlier runs left is deleted first
     * @param project folder of {@code template.yaml}
     */
    public record Options(int port, Path data, boolean fresh, boolean isolated, Path project) {
        public Options {
            requireNonNull(data, "data is null");
            requireNonNull(project, "project is null");
        }
    }

    Up(Options options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** Returns the exit code: at once when it cannot start, else when the process is told to end. */
    public static int run(Options options) {
        return new Up(options, System.out, System.err).run();
    }

    int run() {
        try {
            var folder = DataFolder.hold(options.data().toAbsolutePath());
            if (folder.isEmpty()) {
                return refuse(
                        "Another instance keeps its data in " + options.data() + ".",
                        "Stop it, or give this one a folder of its own: ./signalbox up --port " + (options.port() + 1)
                                + " --data FOLDER");
            }
            try (var held = folder.get()) {
                return run(held);
            }
        } catch (BindException e) {
            return refuse(
                    "Port " + options.port() + " is taken, perhaps by another instance.",
                    "Stop what uses it, or take another: ./signalbox up --port " + (options.port() + 1)
                            + " --data FOLDER");
        } catch (IOException | ParametersUnavailable e) {
            return refuse(
                    "Signalbox cannot start: " + e.getMessage(),
                    "What the functions printed is in " + options.data().resolve("functions.log") + ".");
        }
    }

    private int refuse(String what, String then) {
        err.println(what);
        err.println(then);
        return FAILED;
    }

    private int run(DataFolder folder) throws IOException, ParametersUnavailable {
        if (options.fresh()) {
            folder.clear();
        }
        out.println("Starting what template.yaml describes …");
        // What functions print is for their log, as in the cloud; the terminal is for the user.
        var log = new PrintStream(
                Files.newOutputStream(
                        folder.path().resolve("functions.log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8);
        System.setOut(log);
        var stopped = new CountDownLatch(1);
        try (var instance = Instance.startClosed(instanceOptions(folder.path()))) {
            var stop = Thread.ofPlatform().unstarted(() -> stop(instance, stopped));
            Runtime.getRuntime().addShutdownHook(stop);
            instance.run();
            ready(instance, folder.path());
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            System.setOut(out);
            log.close();
        }
        return 0;
    }

    private Instance.Options instanceOptions(Path data) {
        return new Instance.Options(
                options.project(),
                options.port(),
                data,
                options.isolated(),
                Clock.systemUTC(),
                Map.of(),
                (function, failure) -> err.println(
                        function + " failed: " + failure.type() + "; see " + data.resolve("functions.log")));
    }

    private void stop(Instance instance, CountDownLatch stopped) {
        try {
            instance.close();
            out.println("Stopped; the data is in " + options.data());
        } catch (IOException e) {
            err.println("Stopped, not cleanly: " + e.getMessage());
        } finally {
            out.flush();
            stopped.countDown();
        }
    }

    private void ready(Instance instance, Path data) throws IOException, ParametersUnavailable {
        var client = client(instance);
        var credentials = new RestClient.Credentials(
                client.at("client_id").asText(), client.at("client_secret").asText());
        Demo.prepare(new RestClient(instance.baseUrl(), credentials, Clock.systemUTC()), data, new SecureRandom());

        var base = instance.baseUrl().toString();
        var kept = new LinkedHashMap<>(((Value.Obj) client).members());
        kept.put("base_url", Value.of(base));
        PrivateFile.write(data.resolve("client.json"), Value.of(kept));
        remember(instance, data);
        instance.open();
        print(instance, client, base);
    }

    /** The admin client that the clock function made on its first run. */
    private static Value client(Instance instance) throws IOException, ParametersUnavailable {
        try {
            var text = SsmParameters.of(instance.env())
                    .get("clients/admin")
                    .orElseThrow(() -> new IOException("the first client was not made"));
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (Json.Malformed e) {
            throw new IOException("the first client's parameter is damaged: " + e.getMessage(), e);
        }
    }

    /** So that other commands, which are told a port, find the data of the instance that has it. */
    private void remember(Instance instance, Path data) throws IOException {
        var ports =
                Files.createDirectories(options.project().resolve(".signalbox").resolve("ports"));
        var port = Integer.toString(instance.baseUrl().getPort());
        Files.writeString(ports.resolve(port), data.toString(), StandardCharsets.UTF_8);
    }

    private void print(Instance instance, Value client, String base) {
        var template = instance.host().template();
        var scopes = client.at("scopes") instanceof Value.Arr(List<Value> items)
                ? String.join(" ", items.stream().map(Value::asText).toList())
                : "";
        out.printf(
                "Ready in %.1f s: %d functions %s, %d queues, %d tables; data in %s%n",
                (System.nanoTime() - began) / 1e9,
                template.functions().size(),
                options.isolated() ? "as JVMs of their own" : "in this process",
                template.queues().size(),
                template.tables().size(),
                options.data());
        out.printf(
                "Left to the cloud: %d settings of template.yaml, alarms, roles and encryption among them%n",
                template.skipped().size());
        out.println();
        out.println("  base URL       " + base);
        out.println("  client id      " + client.at("client_id").asText());
        out.println("  client secret  " + client.at("client_secret").asText());
        out.println("  scopes         " + scopes);
        out.println();
        var port = instance.baseUrl().getPort() == 3000
                ? ""
                : " --port " + instance.baseUrl().getPort();
        out.println("Try, in another terminal:");
        out.println("  ./signalbox send hubspot" + port);
        out.println("  ./signalbox send hubspot --count 1000 --rate 100" + port);
        out.println(
                "  curl -H \"Authorization: Bearer $(./signalbox token" + port + ")\" " + base + "/api/v4/contacts");
        out.println();
        out.println("Ctrl-C stops it.");
        out.flush();
    }
}
