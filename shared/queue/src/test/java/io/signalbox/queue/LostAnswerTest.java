/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Value;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.AwsJsonCall;
import io.signalbox.runtime.Env;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A call whose answer is lost may have been carried out. Whether it is made again is for the SDK's retries to say, and for
 * whoever set them; the JDK's HTTP client repeats a POST once by itself, unless its length is
 * told beforehand.
 */
class LostAnswerTest {

    private interface Calling {
        void call(String url, Env env) throws Exception;
    }

    private static int calls(Class<? extends Throwable> failure, Calling calling) throws Exception {
        var calls = new AtomicInteger();
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(server, calls));
            var url = "http://127.0.0.1:" + server.getLocalPort();
            var env = new Env(Map.of("AWS_ENDPOINT_URL", url, "AWS_REGION", "us-east-1", "AWS_MAX_ATTEMPTS", "1"));
            assertThatThrownBy(() -> calling.call(url, env)).isInstanceOf(failure);
        }
        return calls.get();
    }

    @Test
    void the_sdk_s_call_is_made_once() throws Exception {
        var calls = calls(SdkClientException.class, (url, env) -> {
            try (var sqs = Aws.client(SqsClient.builder(), env)) {
                sqs.sendMessage(send -> send.queueUrl(url + "/q").messageBody("x"));
            }
        });
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void our_own_call_is_made_once() throws Exception {
        var calls = calls(AwsJsonCall.Failed.class, (_, env) -> {
            try (var http = Aws.http()) {
                new AwsJsonCall(env, http, "ssm", "AmazonSSM").call("PutParameter", Value.of(Map.of()));
            }
        });
        assertThat(calls).isEqualTo(1);
    }

    /** Takes each call and hangs up. */
    private static void hangUp(ServerSocket server, AtomicInteger calls) {
        while (true) {
            try (var socket = server.accept()) {
                var in = socket.getInputStream();
                if (in.read(new byte[65_536]) > 0) {
                    calls.incrementAndGet();
                }
            } catch (IOException e) {
                return;
            }
        }
    }
}
