/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench;

import io.signalbox.bench.measure.Project;
import io.signalbox.testkit.LocalAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one machine sustains, by the commands that anybody can type: {@code ./signalbox up} with data on disk, then
 * {@code ./signalbox send hubspot --count N --rate R}, whose summary is the result. These are times, of this machine and
 * this day; losses must be 0 on every machine. Options: the count and the rate, 3000 and 200 unless told.
 */
final class ThroughputBench {

    private static final long START_SECONDS = 600;

    private ThroughputBench() {}

    public static void main(String[] args) throws Exception {
        var count = args.length > 0 ? args[0] : "3000";
        var rate = args.length > 1 ? args[1] : "200";
        var data = Files.createTempDirectory("signalbox-throughput");
        var port = freePort();
        var log = Files.createTempFile("signalbox-up", ".log");
        var up = signalbox(List.of("up", "--port", port, "--data", data.toString()))
                .redirectOutput(log.toFile())
                .start();
        int status;
        try {
            awaitReady(log, up);
            status = signalbox(List.of("send", "hubspot", "--port", port, "--count", count, "--rate", rate))
                    .inheritIO()
                    .start()
                    .waitFor();
        } finally {
            up.destroy();
            if (!up.waitFor(30, TimeUnit.SECONDS)) {
                up.destroyForcibly().waitFor();
            }
            Project.delete(data);
            Files.delete(log);
        }
        System.exit(status);
    }

    private static ProcessBuilder signalbox(List<String> words) {
        var command = new ArrayList<String>();
        command.add(LocalAws.root().resolve("signalbox").toString());
        command.addAll(words);
        return new ProcessBuilder(command).directory(LocalAws.root().toFile()).redirectErrorStream(true);
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    /** The line it prints once all is written that {@code send} reads; {@code /health} answers a moment before. */
    private static void awaitReady(Path log, Process up) throws Exception {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline && up.isAlive()) {
            if (Files.readString(log).contains("Ready in")) {
                return;
            }
            up.waitFor(200, TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException("./signalbox up did not come up:\n" + Files.readString(log));
    }
}
