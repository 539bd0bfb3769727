/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InProcessTest {

    private static FunctionHost host(Duration timeout, int limit, HandlerFactory handlers) {
        var function = Zips.function(Probe.class, Path.of("none.zip"), timeout, Map.of());
        return FunctionHost.inProcess(function, Map.of("NAME", "value"), limit, handlers);
    }

    private static FunctionHost host(RequestStreamHandler handler) {
        return host(Duration.ofSeconds(10), 1, (function, variables) -> handler);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Outcome outcome) {
        return new String(((Outcome.Answer) outcome).payload(), StandardCharsets.UTF_8);
    }

    /** Says that the second message failed. */
    public static final class Batch implements RequestHandler<SQSEvent, SQSBatchResponse> {
        @Override
        public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
            var second = event.getRecords().get(1);
            assertThat(second.getAttributes()).containsEntry("ApproximateReceiveCount", "2");
            assertThat(second.getEventSourceArn()).isEqualTo("arn:q");
            return new SQSBatchResponse(List.of(new SQSBatchResponse.BatchItemFailure(second.getMessageId())));
        }
    }

    @Test
    void an_object_handler_goes_through_the_serializers_of_aws() {
        var host = host(Duration.ofSeconds(10), 1, (function, variables) -> new Batch());
        var event = """
                {"Records":[
                 {"messageId":"m1","body":"a","attributes":{"ApproximateReceiveCount":"1"},"eventSourceARN":"arn:q"},
                 {"messageId":"m2","body":"b","attributes":{"ApproximateReceiveCount":"2"},"eventSourceARN":"arn:q"}]}""";
        assertThat(text(host.invoke(event.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
    }

    @Test
    void what_a_handler_throws_is_told_as_lambda_tells_it() {
        var outcome = host((in, out, context) -> {
                    throw new IllegalStateException("why");
                })
                .invoke(new byte[0]);
        assertThat(new String(((Outcome.Failure) outcome).payload(), StandardCharsets.UTF_8))
                .startsWith(
                        "{\"errorMessage\":\"why\",\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[");
    }

    @Test
    void a_handler_that_takes_too_long_is_given_up_and_not_used_again() {
        var made = new AtomicInteger();
        try (var host = host(Duration.ofMillis(200), 1, (function, variables) -> {
            var number = made.incrementAndGet();
            RequestStreamHandler handler = (in, out, context) -> {
                if (number == 1) {
                    assertThat(context.getRemainingTimeInMillis()).isBetween(1, 200);
                    await(new CountDownLatch(1));
                }
                out.write(number);
            };
            return handler;
        })) {
            var outcome = (Outcome.Failure) host.invoke(new byte[0]);
            assertThat(outcome.type()).isEqualTo("Sandbox.Timedout");
            assertThat(outcome.message()).endsWith("Task timed out after 0.20 seconds");
            assertThat(host.invoke(new byte[0])).isInstanceOf(Outcome.Answer.class);
            assertThat(made).hasValue(2);
        }
    }

    @Test
    void an_environment_takes_one_event_at_a_time() throws Exception {
        var made = new AtomicInteger();
        var both = new CountDownLatch(2);
        try (var host = host(Duration.ofSeconds(10), 2, (function, variables) -> {
            made.incrementAndGet();
            RequestStreamHandler handler = (in, out, context) -> {
                both.countDown();
                await(both);
            };
            return handler;
        })) {
            var other = Thread.ofVirtual().start(() -> host.invoke(new byte[0]));
            assertThat(host.invoke(new byte[0])).isInstanceOf(Outcome.Answer.class);
            other.join();
            assertThat(made).hasValue(2);
            host.invoke(new byte[0]);
            assertThat(made).as("an idle one is used again").hasValue(2);
            assertThat(host.invocations()).isEqualTo(3);
        }
    }

    @Test
    void a_constructor_that_throws_is_an_init_error_of_each_invocation() {
        var host = host(Duration.ofSeconds(1), 1, (function, variables) -> {
            throw new IllegalStateException("no " + variables.get("NAME"));
        });
        host.warm();
        assertThat(((Outcome.Failure) host.invoke(new byte[0])).message()).isEqualTo("no value");
    }

    @Test
    void an_event_of_more_than_6_mb_is_refused() {
        var outcome = host((in, out, context) -> {}).invoke(new byte[(6 << 20) + 1]);
        assertThat(((Outcome.Failure) outcome).type()).isEqualTo(Outcome.Failure.TOO_LARGE);
    }
}
