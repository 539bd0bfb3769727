/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;

/**
 * Calls a service in AWS's JSON protocol. A stream's records come as they are in a Lambda event, which an SDK's objects
 * would first have to be turned back into.
 */
final class AwsJson {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI endpoint;
    private final String region;

    AwsJson(URI endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    /** The service said no. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String type, Object message) {
            super(type + ": " + message);
        }

        boolean is(String type) {
            return getMessage().startsWith(type + ":");
        }
    }

    /** @param target as {@code DynamoDB_20120810.CreateTable} */
    Map<String, Object> call(String target, Map<String, ?> request) throws IOException {
        var connection = (HttpURLConnection) endpoint.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("X-Amz-Target", target);
        connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        // Nobody checks the signature; DynamoDB Local reads the region.
        connection.setRequestProperty(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/" + region
                        + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        var body = Json.bytes(request);
        // Else the JDK repeats a call by itself whose answer is lost.
        connection.setFixedLengthStreamingMode(body.length);
        try (var out = connection.getOutputStream()) {
            out.write(body);
        }
        var failed = connection.getResponseCode() >= 400;
        try (var in = failed ? connection.getErrorStream() : connection.getInputStream()) {
            var answer = Json.object(in == null ? new byte[] {'{', '}'} : in.readAllBytes());
            if (failed) {
                var type = String.valueOf(answer.get("__type"));
                throw new Refused(
                        type.substring(type.indexOf('#') + 1), answer.getOrDefault("message", answer.get("Message")));
            }
            return answer;
        }
    }
}
