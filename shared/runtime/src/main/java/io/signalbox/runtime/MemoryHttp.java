/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The wire of a rehearsal: an HTTP client for AWS clients whose calls end in memory, so that a function can run whole
 * before its snapshot and reach nothing. For services that speak AWS JSON.
 */
public final class MemoryHttp implements SdkHttpClient {

    /** What stands in for the services; it may be called by several threads. */
    @FunctionalInterface
    public interface Service {

        /** @param target the value of {@code X-Amz-Target}: {@code DynamoDB_20120810.GetItem} */
        Answer answer(String target, Value request);
    }

    /** @param body with {@code __type} when the status is that of an error */
    public record Answer(int status, Value body) {
        public Answer {
            requireNonNull(body, "body is null");
        }
    }

    private final Service service;

    public MemoryHttp(Service service) {
        this.service = requireNonNull(service, "service is null");
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                var target = request.httpRequest()
                        .firstMatchingHeader("X-Amz-Target")
                        .orElse("");
                return response(service.answer(target, read(request)));
            }

            @Override
            public void abort() {
                // Nothing is under way.
            }
        };
    }

    private static Value read(HttpExecuteRequest request) throws IOException {
        try (var in = request.contentStreamProvider().orElseThrow().newStream()) {
            return Json.parse(in.readAllBytes());
        } catch (Json.Malformed e) {
            throw new IOException("the SDK sent no JSON", e);
        }
    }

    private static HttpExecuteResponse response(Answer answer) {
        var bytes = Json.bytes(answer.body);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(answer.status)
                        .putHeader("Content-Type", "application/x-amz-json-1.0")
                        .putHeader("Content-Length", Integer.toString(bytes.length))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                .build();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
