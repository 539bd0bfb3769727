/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.sqs.Message;
import io.signalbox.emulator.sqs.Meter;
import io.signalbox.emulator.sqs.Queue;
import io.signalbox.emulator.sqs.Queues;
import io.signalbox.emulator.sqs.Received;
import io.signalbox.emulator.sqs.SqsError;
import io.signalbox.emulator.sqs.SqsException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * SQS over AWS JSON 1.0, as SDK v2 has spoken it since 2.21. Left out: FIFO queues, permissions, tags, message move
 * tasks; lists of queues come whole.
 */
final class SqsProtocol {

    private static final String CONTENT_TYPE = Call.Service.SQS.contentType();

    private final Queues queues;
    private final Meter meter;
    private final String baseUrl;

    /** @param baseUrl of this endpoint, which queue URLs begin with */
    SqsProtocol(Queues queues, Meter meter, String baseUrl) {
        this.queues = queues;
        this.meter = meter;
        this.baseUrl = baseUrl;
    }

    Answer call(String action, byte[] body) {
        try {
            return Answer.json(200, CONTENT_TYPE, dispatch(action, new SqsRequest(Json.object(body))));
        } catch (SqsException e) {
            return refusal(e.error(), e.getMessage());
        } catch (IOException e) {
            return refusal(SqsError.INVALID_PARAMETER_VALUE, "The request is not JSON.");
        }
    }

    static Answer refusal(SqsError error, String message) {
        var fault = error.senderFault() ? "Sender" : "Receiver";
        return new Answer(
                error.senderFault() ? 400 : 500,
                Map.of("Content-Type", CONTENT_TYPE, "x-amzn-query-error", error.queryCode() + ";" + fault),
                Json.bytes(Map.of("__type", error.type(), "message", message)));
    }

    private Map<String, Object> dispatch(String action, SqsRequest request) throws SqsException {
        return switch (action) {
            case "SendMessage" -> send(request);
            case "SendMessageBatch" -> sendBatch(request);
            case "ReceiveMessage" -> receive(request);
            case "DeleteMessage" -> {
                queue(request).delete(request.text("ReceiptHandle"));
                yield Map.of();
            }
            case "DeleteMessageBatch" -> {
                var entries = request.entries();
                var handles = SqsRequest.each(entries, entry -> entry.text("ReceiptHandle"));
                yield results(entries, queue(request).delete(action, handles), handle -> Map.of());
            }
            case "ChangeMessageVisibility" -> {
                queue(request).changeVisibility(request.text("ReceiptHandle"), request.number("VisibilityTimeout"));
                yield Map.of();
            }
            case "ChangeMessageVisibilityBatch" -> {
                var entries = request.entries();
                var changes = SqsRequest.each(
                        entries,
                        entry -> new Queue.Visibility(
                                entry.text("ReceiptHandle"),
                                entry.number(
                                        "VisibilityTimeout",
                                        queue(request).settings().visibility())));
                yield results(entries, queue(request).changeVisibility(action, changes), handle -> Map.of());
            }
            case "CreateQueue",
                    "DeleteQueue",
                    "GetQueueAttributes",
                    "GetQueueUrl",
                    "ListQueues",
                    "PurgeQueue",
                    "SetQueueAttributes" -> {
                meter.request(action, 0);
                yield administer(action, request);
            }
            default ->
                throw new SqsException(SqsError.UNSUPPORTED_OPERATION, "The operation " + action + " is not emulated.");
        };
    }

    private Map<String, Object> administer(String action, SqsRequest request) throws SqsException {
        return switch (action) {
            case "CreateQueue" -> url(queues.create(request.text("QueueName"), request.texts("Attributes")));
            case "GetQueueUrl" -> url(queues.get(request.text("QueueName")));
            case "GetQueueAttributes" -> attributes(request);
            case "SetQueueAttributes" -> {
                queue(request).set(request.texts("Attributes"));
                yield Map.of();
            }
            case "PurgeQueue" -> {
                queue(request).purge();
                yield Map.of();
            }
            case "DeleteQueue" -> {
                queues.delete(queue(request).name());
                yield Map.of();
            }
            default -> {
                var prefix = request.text("QueueNamePrefix", "");
                var urls = queues.names().stream()
                        .filter(name -> name.startsWith(prefix))
                        .map(this::url)
                        .toList();
                yield Map.of("QueueUrls", urls);
            }
        };
    }

    private Map<String, Object> attributes(SqsRequest request) throws SqsException {
        var wanted = request.list("AttributeNames");
        var all = queue(request).attributes();
        if (!wanted.contains("All")) {
            all.keySet().retainAll(wanted);
        }
        return all.isEmpty() ? Map.of() : Map.of("Attributes", all);
    }

    private Map<String, Object> send(SqsRequest request) throws SqsException {
        var sent = queue(request).send("SendMessage", List.of(request.draft()));
        return sent(sent.getFirst().orThrow());
    }

    private Map<String, Object> sendBatch(SqsRequest request) throws SqsException {
        var entries = request.entries();
        var drafts = SqsRequest.each(entries, SqsRequest::draft);
        return results(entries, queue(request).send("SendMessageBatch", drafts), this::sent);
    }

    private Map<String, Object> sent(Message message) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("MessageId", message.id());
        answer.put("MD5OfMessageBody", Md5.of(message.body()));
        if (!message.attributes().isEmpty()) {
            answer.put("MD5OfMessageAttributes", Md5.of(message.attributes()));
        }
        var trace = SqsRequest.traceHeader(message);
        if (!trace.isEmpty()) {
            answer.put("MD5OfMessageSystemAttributes", Md5.of(trace));
        }
        return answer;
    }

    private Map<String, Object> receive(SqsRequest request) throws SqsException {
        var queue = queue(request);
        var settings = queue.settings();
        var received = queue.receive(
                request.number("MaxNumberOfMessages", 1),
                Duration.ofSeconds(request.number("WaitTimeSeconds", settings.waiting())),
                request.number("VisibilityTimeout", settings.visibility()));
        if (received.isEmpty()) {
            return Map.of();
        }
        var system = Stream.of("MessageSystemAttributeNames", "AttributeNames")
                .flatMap(name -> request.list(name).stream())
                .toList();
        var own = request.list("MessageAttributeNames");
        return Map.of(
                "Messages",
                received.stream().map(one -> message(one, system, own)).toList());
    }

    private static Map<String, Object> message(Received one, List<String> system, List<String> own) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("MessageId", one.message().id());
        answer.put("ReceiptHandle", one.receiptHandle());
        answer.put("MD5OfBody", Md5.of(one.message().body()));
        answer.put("Body", one.message().body());
        var about = one.systemAttributes();
        if (!system.contains("All")) {
            about.keySet().retainAll(system);
        }
        if (!about.isEmpty()) {
            answer.put("Attributes", about);
        }
        var chosen = SqsRequest.chosen(one.message().attributes(), own);
        if (!chosen.isEmpty()) {
            answer.put("MD5OfMessageAttributes", Md5.of(chosen));
            answer.put("MessageAttributes", SqsRequest.wire(chosen));
        }
        return answer;
    }

    /** How a successful entry of a batch is answered. */
    private interface Success<T> {
        Map<String, Object> answer(T value);
    }

    private static <T> Map<String, Object> results(
            List<SqsRequest> entries, List<Queue.Outcome<T>> outcomes, Success<T> success) throws SqsException {
        var good = new ArrayList<>();
        var bad = new ArrayList<>();
        for (var i = 0; i < entries.size(); i++) {
            var id = entries.get(i).text("Id");
            var outcome = outcomes.get(i);
            var answer = new LinkedHashMap<String, Object>();
            answer.put("Id", id);
            if (outcome.problem() == null) {
                answer.putAll(success.answer(outcome.value()));
                good.add(answer);
            } else {
                answer.put("SenderFault", outcome.problem().error().senderFault());
                answer.put("Code", outcome.problem().error().queryCode());
                answer.put("Message", outcome.problem().getMessage());
                bad.add(answer);
            }
        }
        return Map.of("Successful", good, "Failed", bad);
    }

    private Queue queue(SqsRequest request) throws SqsException {
        var url = request.text("QueueUrl");
        return queues.get(url.substring(url.lastIndexOf('/') + 1));
    }

    private Map<String, Object> url(Queue queue) {
        return Map.of("QueueUrl", url(queue.name()));
    }

    String url(String queue) {
        return baseUrl + "/" + Queues.ACCOUNT + "/" + queue;
    }
}
