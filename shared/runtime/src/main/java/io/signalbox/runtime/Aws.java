/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * How every AWS client of every function is set up. Variables: {@code AWS_REGION}; {@code AWS_ENDPOINT_URL} for a
 * machine that stands in for AWS (credentials are then a fixed pair, for nobody checks them);
 * {@code AWS_MAX_ATTEMPTS}, 3 by default.
 */
public final class Aws {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private Aws() {}

    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, Env env) {
        var attempts = attempts(env);
        builder.region(region(env));
        builder.httpClient(http());
        builder.overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .build()));
        env.find("AWS_ENDPOINT_URL")
                .ifPresent(url -> builder.endpointOverride(URI.create(url)).credentialsProvider(credentials(env)));
        return builder.build();
    }

    static Region region(Env env) {
        return Region.of(env.find("AWS_REGION").orElse("us-east-1"));
    }

    static int attempts(Env env) {
        return env.find("AWS_MAX_ATTEMPTS").map(Integer::parseInt).orElse(3);
    }

    /** The default chain, asked on every call; a fixed pair where a machine stands in for AWS. */
    static AwsCredentialsProvider credentials(Env env) {
        return env.find("AWS_ENDPOINT_URL").isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))
                : DefaultCredentialsProvider.builder().build();
    }

    /** The one HTTP client: {@code HttpURLConnection}, whose classes a JVM has anyway. */
    public static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ANSWER)
                .build();
    }
}
