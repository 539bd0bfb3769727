/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.baseline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Puts what it is given on a queue, without a look at it. */
public final class SendOnly implements RequestStreamHandler {

    private final String queue = System.getenv("EVENTS_QUEUE_URL");
    private final SqsClient sqs = SqsClient.builder()
            .region(Region.of(System.getenv("AWS_REGION")))
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL")))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var body = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
        output.write("{\"statusCode\":200,\"body\":\"sent\"}".getBytes(StandardCharsets.UTF_8));
    }
}
