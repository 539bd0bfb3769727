/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpTester;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;
import software.amazon.dynamodb.services.local.monitoring.TelemetryUtil.SETUP_MODE;
import software.amazon.dynamodb.services.local.monitoring.TelemetryUtil.SETUP_TYPE;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in this JVM. Its engine takes only Jetty requests, so each call goes through a Jetty connector that
 * has no socket: no second port that others could reach, and no idle connection to lose a write on.
 *
 * <p>One database for all regions and keys; telemetry, which would reach for the network, is off. On disk, an
 * acknowledged write survives the death of the process, not a power cut; see {@link SqliteFile}.
 */
final class DynamoDb implements AutoCloseable {

    private static final Set<String> DROPPED = Set.of("content-length", "server", "date", "transfer-encoding");
    /** DynamoDB Local wants a signature to be there and does not check it. */
    static final String CREDENTIALS =
            "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

    private static final long MAX_SECONDS = 60;

    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    private final LocalDynamoDBServerHandler handler;
    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);

    /** @param directory where the data is, or null to keep it in memory */
    DynamoDb(Path directory) throws IOException {
        SQLITE.setLevel(Level.OFF);
        try {
            var mode = directory == null ? SETUP_MODE.IN_MEMORY_SHARED_DB : SETUP_MODE.SHARED_DB;
            Telemetry.configureTelemetry(SETUP_TYPE.MAVEN.name(), mode.name(), false);
            var path = directory == null
                    ? null
                    : Files.createDirectories(directory).toAbsolutePath().toString();
            var engine = new LocalDynamoDBRequestHandler(0, directory == null, path, true, false);
            handler = new LocalDynamoDBServerHandler(engine, null);
            server.addConnector(connector);
            server.setHandler(handler);
            server.start();
            if (directory != null) {
                call("DynamoDB_20120810.ListTables", CREDENTIALS, "{}".getBytes(StandardCharsets.UTF_8));
                SqliteFile.stopSyncing(engine);
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("DynamoDB Local does not start", e);
        }
    }

    Answer call(String target, String authorization, byte[] body) throws IOException {
        var head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Amz-Target: " + target
                + "\r\nAuthorization: " + authorization
                + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + body.length + "\r\n\r\n";
        var headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
        var request = ByteBuffer.allocate(headBytes.length + body.length)
                .put(headBytes)
                .put(body)
                .flip();
        var response = HttpTester.parseResponse(exchange(request));
        var headers = new HashMap<String, String>();
        for (var field : response) {
            if (!DROPPED.contains(field.getLowerCaseName())) {
                headers.put(field.getName(), field.getValue());
            }
        }
        var content = response.getContentBytes();
        return new Answer(response.getStatus(), headers, content == null ? new byte[0] : content);
    }

    private ByteBuffer exchange(ByteBuffer request) throws IOException {
        try {
            return connector.getResponse(request, MAX_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("DynamoDB Local failed", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
            handler.close();
        } catch (Exception e) {
            throw new IOException("DynamoDB Local does not stop", e);
        }
    }
}
