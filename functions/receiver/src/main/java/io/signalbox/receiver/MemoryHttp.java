/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The wire of the rehearsal: answers the two calls the function makes, from memory. */
final class MemoryHttp implements SdkHttpClient {

    private final String connection;

    /** @param connection the parameter's value, as the parameter store holds it */
    MemoryHttp(String connection) {
        this.connection = requireNonNull(connection, "connection is null");
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {
                // Nothing is under way.
            }
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
        var target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
        var asked = read(request);
        if (target.equals("AmazonSQS.SendMessage")) {
            return response(
                    200,
                    Map.of(
                            "MessageId", Value.of("0"),
                            "MD5OfMessageBody",
                                    Value.of(md5(asked.at("MessageBody").asText()))));
        }
        if (asked.at("Name").asText().endsWith("/rehearsal")) {
            return response(200, Map.of("Parameter", Value.of(Map.of("Value", Value.of(connection)))));
        }
        return response(400, Map.of("__type", Value.of("AccessDeniedException")));
    }

    private static Value read(HttpExecuteRequest request) throws IOException {
        try (var in = request.contentStreamProvider().orElseThrow().newStream()) {
            return Json.parse(in.readAllBytes());
        } catch (Json.Malformed e) {
            throw new IOException("the SDK sent no JSON", e);
        }
    }

    private static HttpExecuteResponse response(int status, Map<String, Value> body) {
        var bytes = Json.bytes(Value.of(body));
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(status)
                        .putHeader("Content-Type", "application/x-amz-json-1.0")
                        .putHeader("Content-Length", Integer.toString(bytes.length))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                .build();
    }

    private static String md5(String text) {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
