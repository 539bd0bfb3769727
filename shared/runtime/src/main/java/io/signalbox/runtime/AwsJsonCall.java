/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Calls an AWS service that speaks AWS JSON 1.1, with the SDK's HTTP client, credentials and signer but without the
 * service's own client, which for SSM is 6 MB of classes for four calls.
 *
 * <p>Throttling, 5xx and a broken connection are tried again after a random wait below 100 ms, 200 ms, …, as often as
 * {@code AWS_MAX_ATTEMPTS} says (3). Honours {@code AWS_REGION} and {@code AWS_ENDPOINT_URL}. Safe for several threads.
 */
public final class AwsJsonCall {

    private static final int FIRST_WAIT_MILLIS = 100;

    private final String service;
    private final String targetPrefix;
    private final String region;
    private final URI endpoint;
    private final int attempts;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /**
     * @param service the name the service signs with and answers at: {@code ssm}
     * @param targetPrefix what stands before the operation in {@code X-Amz-Target}: {@code AmazonSSM}
     */
    public AwsJsonCall(Env env, SdkHttpClient http, String service, String targetPrefix) {
        this.service = requireNonNull(service, "service is null");
        this.targetPrefix = requireNonNull(targetPrefix, "targetPrefix is null");
        this.http = requireNonNull(http, "http is null");
        region = Aws.region(env).id();
        endpoint = URI.create(env.find("AWS_ENDPOINT_URL").orElseGet(() -> publicEndpoint(service, region)));
        attempts = Aws.attempts(env);
        credentials = Aws.credentials(env);
    }

    private static String publicEndpoint(String service, String region) {
        return "https://" + service + "." + region + "."
                + PartitionMetadata.of(Region.of(region)).dnsSuffix();
    }

    /** The service said no, or nothing that helps. Holds the error's type, and nothing of the request. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final String type;

        Failed(String type, Throwable cause) {
            super("AWS answered " + type, cause);
            this.type = type;
        }

        /** The error's short name as the service documents it: {@code ParameterNotFound}. */
        public String type() {
            return type;
        }
    }

    private record Answer(int status, byte[] body) {
        boolean ok() {
            return status / 100 == 2;
        }

        String errorType() {
            try {
                var type = Json.parse(body).at("__type").asText();
                return type == null ? "HTTP " + status : type.substring(type.indexOf('#') + 1);
            } catch (Json.Malformed e) {
                return "HTTP " + status;
            }
        }
    }

    /** Calls the operation and returns what it answered; {@link Value#NULL} for an empty answer. */
    public Value call(String operation, Value request) throws Failed {
        var body = Json.bytes(request);
        for (var attempt = 1; ; attempt++) {
            try {
                var answer = send(operation, body);
                if (answer.ok()) {
                    return answer.body.length == 0 ? Value.NULL : Json.parse(answer.body);
                }
                var type = answer.errorType();
                if (attempt == attempts || !mayPass(answer.status, type)) {
                    throw new Failed(type, null);
                }
            } catch (IOException e) {
                if (attempt == attempts) {
                    throw new Failed("nothing", e);
                }
            } catch (SdkException e) {
                throw new Failed("nothing, for there are no credentials", e);
            } catch (Json.Malformed e) {
                throw new Failed("an unreadable body", e);
            }
            pause(attempt);
        }
    }

    private static boolean mayPass(int status, String type) {
        return status >= 500 || status == 429 || type.contains("Throttling") || type.equals("TooManyUpdates");
    }

    private static void pause(int attempt) throws Failed {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(FIRST_WAIT_MILLIS << (attempt - 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("nothing before the interrupt", e);
        }
    }

    private Answer send(String operation, byte[] body) throws IOException {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .encodedPath("/")
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("Content-Length", Integer.toString(body.length))
                .putHeader("X-Amz-Target", targetPrefix + "." + operation)
                .build();
        var signed = signer.sign(SignRequest.builder((AwsCredentialsIdentity) credentials.resolveCredentials())
                .request(request)
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .build());
        var response = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElseThrow())
                        .build())
                .call();
        try (var in = response.responseBody().orElse(null)) {
            return new Answer(response.httpResponse().statusCode(), in == null ? new byte[0] : in.readAllBytes());
        }
    }
}
