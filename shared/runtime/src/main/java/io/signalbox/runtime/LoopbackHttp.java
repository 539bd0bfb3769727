/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * The services of a rehearsal behind a socket of this machine, so that the HTTP client's own classes are used before a
 * snapshot too: they are some 40, and half of what a first request costs. It takes one request a connection and then
 * closes it; nothing of it is left for the snapshot. Where nothing but the answers matters, {@link MemoryHttp} is less.
 */
public final class LoopbackHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5_000;

    private final ServerSocket server;
    private final MemoryHttp.Service service;
    private final Thread thread;

    public LoopbackHttp(MemoryHttp.Service service) throws IOException {
        this.service = requireNonNull(service, "service is null");
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        thread = Thread.ofPlatform().daemon().name("rehearsal").start(this::serve);
    }

    /** What {@code AWS_ENDPOINT_URL} is to say. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                exchange(socket);
            } catch (IOException | Json.Malformed e) {
                // The caller sees its connection closed; or the server is.
            }
        }
    }

    private void exchange(Socket socket) throws IOException, Json.Malformed {
        var in = new BufferedInputStream(socket.getInputStream());
        var target = "";
        var length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                var value = line.substring(colon + 1).strip();
                switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                    case "x-amz-target" -> target = value;
                    case "content-length" -> length = Integer.parseInt(value);
                    default -> {}
                }
            }
        }
        var request = length == 0 ? Value.NULL : Json.parse(in.readNBytes(length));
        var answer = service.answer(target, request);
        var body = Json.bytes(answer.body());
        var head = "HTTP/1.1 " + answer.status() + " -\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                + body.length + "\r\nConnection: close\r\n\r\n";
        var out = socket.getOutputStream();
        out.write(head.getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
