/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import io.signalbox.emulator.sqs.Change.Deleted;
import io.signalbox.emulator.sqs.Change.Moved;
import io.signalbox.emulator.sqs.Change.Purged;
import io.signalbox.emulator.sqs.Change.Sent;
import io.signalbox.emulator.sqs.Change.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One standard queue. Its methods are the requests of SQS, batches first, and are counted as such; each is answered
 * only once the log has it.
 *
 * <p>Stricter than SQS where SQS promises less than it does: a receipt handle that a later receive has replaced deletes
 * nothing.
 */
public final class Queue {

    /** A receiver that waits looks again this often, for a clock that a test moves wakes nobody. */
    private static final long LOOK_MILLIS = 20;

    private static final int MAX_BATCH = 10;

    private final Queues queues;
    private final Shelf shelf;

    Queue(Queues queues, Shelf shelf) {
        this.queues = queues;
        this.shelf = shelf;
    }

    public String name() {
        return shelf.name;
    }

    public String arn() {
        return Queues.ARN_PREFIX + shelf.name;
    }

    public QueueSettings settings() {
        return queues.locked(() -> shelf.settings);
    }

    /** What became of one entry of a batch: the value, or why not. */
    public record Outcome<T>(T value, SqsException problem) {
        static <T> Outcome<T> of(T value) {
            return new Outcome<>(value, null);
        }

        static <T> Outcome<T> refused(SqsException problem) {
            return new Outcome<>(null, problem);
        }

        public T orThrow() throws SqsException {
            if (problem != null) {
                throw problem;
            }
            return value;
        }
    }

    /** {@code SendMessage} with a body alone; the message's id. */
    public String send(String body) throws SqsException {
        return send("SendMessage", List.of(Message.Draft.of(body)))
                .getFirst()
                .orThrow()
                .id();
    }

    /** Those that are within the limits are kept in one write to the log. */
    public List<Outcome<Message>> send(String action, List<Message.Draft> drafts) throws SqsException {
        return queues.lockedThrowing(() -> {
            var outcomes = new ArrayList<Outcome<Message>>();
            var changes = new ArrayList<Change>();
            var now = queues.now();
            long bytes = 0;
            for (var draft : drafts) {
                try {
                    Limits.check(draft, shelf.settings.maxBytes());
                    bytes += Limits.bytes(draft.body(), draft.attributes());
                    var message = new Message(
                            queues.nextId(),
                            draft.body(),
                            new TreeMap<>(draft.attributes()),
                            new TreeMap<>(draft.system()));
                    var delay = draft.delaySeconds() == null ? shelf.settings.delay() : draft.delaySeconds();
                    changes.add(new Sent(name(), queues.nextNumber(), message, now, now + delay * 1_000L, null));
                    outcomes.add(Outcome.of(message));
                } catch (SqsException e) {
                    outcomes.add(Outcome.refused(e));
                }
            }
            if (bytes > QueueSettings.MAX_BYTES) {
                throw new SqsException(
                        SqsError.BATCH_TOO_LONG,
                        "Batch requests cannot be longer than " + QueueSettings.MAX_BYTES + " bytes. You have sent "
                                + bytes + " bytes.");
            }
            queues.commit(changes);
            queues.meter().request(action, bytes);
            return outcomes;
        });
    }

    /** With the queue's own visibility timeout. */
    public List<Received> receive(int max, Duration wait) throws SqsException {
        return receive(max, wait, settings().visibility());
    }

    /**
     * Up to {@code max} messages; waits in real time for the first of them. Messages past their receive count go to the
     * dead-letter queue instead.
     */
    public List<Received> receive(int max, Duration wait, int visibilitySeconds) throws SqsException {
        Limits.within("MaxNumberOfMessages", max, 1, MAX_BATCH);
        Limits.within("WaitTimeSeconds", (int) wait.toSeconds(), 0, QueueSettings.MAX_WAIT);
        Limits.within("VisibilityTimeout", visibilitySeconds, 0, QueueSettings.MAX_VISIBILITY);
        var deadline = System.nanoTime() + wait.toNanos();
        return queues.lockedThrowing(() -> {
            var taken = take(max, visibilitySeconds);
            var left = deadline - System.nanoTime();
            while (taken.isEmpty() && left > 0 && queues.open()) {
                shelf.arrived.await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)), TimeUnit.NANOSECONDS);
                taken = take(max, visibilitySeconds);
                left = deadline - System.nanoTime();
            }
            var bytes = taken.stream()
                    .mapToLong(r -> Limits.bytes(r.message().body(), r.message().attributes()))
                    .sum();
            queues.meter().request("ReceiveMessage", bytes);
            return taken;
        });
    }

    private List<Received> take(int max, int visibilitySeconds) throws SqsException {
        var now = queues.now();
        var changes = new ArrayList<Change>();
        var entries = new ArrayList<Entry>();
        for (var entry : shelf.turn(now, queues.disorder(), max)) {
            if (expired(entry, now)) {
                changes.add(new Deleted(name(), entry.number));
            } else if (shelf.settings.deadLetterArn() != null && entry.receives >= shelf.settings.maxReceives()) {
                changes.add(exhausted(entry));
            } else {
                var first = entry.receives == 0 ? now : entry.firstAt;
                changes.add(
                        new Taken(name(), entry.number, entry.receives + 1, first, now + visibilitySeconds * 1_000L));
                entries.add(entry);
            }
        }
        if (changes.isEmpty()) {
            return List.of();
        }
        queues.commit(changes);
        if (entries.isEmpty()) {
            return take(max, visibilitySeconds);
        }
        entries.forEach(entry -> shelf.maybeAgain(entry, now, queues));
        return entries.stream().map(this::received).toList();
    }

    private boolean expired(Entry entry, long now) {
        return entry.sentAt + shelf.settings.retention() * 1_000L <= now;
    }

    /** A copy is let go: the message itself is still there and carries the promise. */
    private Change exhausted(Entry entry) throws SqsException {
        return entry.copy
                ? new Deleted(name(), entry.number)
                : new Moved(
                        name(),
                        entry.number,
                        queues.byArn(shelf.settings.deadLetterArn()).name());
    }

    private Received received(Entry entry) {
        return new Received(
                entry.message,
                Handles.encode(name(), entry.number, entry.receives),
                entry.receives,
                Instant.ofEpochMilli(entry.sentAt),
                Instant.ofEpochMilli(entry.firstAt),
                entry.source);
    }

    /** {@code DeleteMessage}. */
    public void delete(String receiptHandle) throws SqsException {
        delete("DeleteMessage", List.of(receiptHandle)).getFirst().orThrow();
    }

    /** Deleting what is gone already succeeds. */
    public List<Outcome<String>> delete(String action, List<String> receiptHandles) throws SqsException {
        return queues.lockedThrowing(() -> {
            var outcomes = new ArrayList<Outcome<String>>();
            var changes = new ArrayList<Change>();
            for (var text : receiptHandles) {
                try {
                    var handle = Handles.decode(name(), text);
                    shelf.find(handle.number())
                            .filter(entry -> entry.receives == handle.receive())
                            .ifPresent(entry -> changes.add(new Deleted(name(), entry.number)));
                    outcomes.add(Outcome.of(text));
                } catch (SqsException e) {
                    outcomes.add(Outcome.refused(e));
                }
            }
            queues.commit(changes);
            queues.meter().request(action, 0);
            return outcomes;
        });
    }

    /** {@code ChangeMessageVisibility}: invisible for so many seconds from now; 0 gives the message back at once. */
    public void changeVisibility(String receiptHandle, int seconds) throws SqsException {
        changeVisibility("ChangeMessageVisibility", List.of(new Visibility(receiptHandle, seconds)))
                .getFirst()
                .orThrow();
    }

    /** How long a received message stays invisible. */
    public record Visibility(String receiptHandle, int seconds) {}

    /** Not in the log: after a restart every message that somebody held is there to be received again. */
    public List<Outcome<String>> changeVisibility(String action, List<Visibility> changes) {
        return queues.locked(() -> {
            var now = queues.now();
            var outcomes = new ArrayList<Outcome<String>>();
            for (var change : changes) {
                try {
                    Limits.within("VisibilityTimeout", change.seconds(), 0, QueueSettings.MAX_VISIBILITY);
                    var entry = inFlight(Handles.decode(name(), change.receiptHandle()), now);
                    shelf.reappear(entry, now + change.seconds() * 1_000L);
                    outcomes.add(Outcome.of(change.receiptHandle()));
                } catch (SqsException e) {
                    outcomes.add(Outcome.refused(e));
                }
            }
            queues.meter().request(action, 0);
            return outcomes;
        });
    }

    private Entry inFlight(Handles.Handle handle, long now) throws SqsException {
        Optional<Entry> entry = shelf.find(handle.number());
        if (entry.isEmpty()) {
            throw new SqsException(
                    SqsError.INVALID_PARAMETER_VALUE,
                    "Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.");
        }
        if (entry.get().receives != handle.receive() || entry.get().visibleAt <= now) {
            throw new SqsException(SqsError.MESSAGE_NOT_INFLIGHT, "Message is not in flight.");
        }
        return entry.get();
    }

    /** Messages that can be received, that somebody holds, and that are not due yet. */
    public record Depth(int visible, int inFlight, int delayed) {
        public int total() {
            return visible + inFlight + delayed;
        }
    }

    /** Without a request, for those who look from beside. */
    public Depth depth() {
        return queues.locked(() -> shelf.depth(queues.now()));
    }

    /** What waits and what is held, oldest first, without receiving it. */
    public List<Received> peek(int max) {
        return queues.locked(
                () -> shelf.entries().limit(max).map(this::received).toList());
    }

    /** {@code GetQueueAttributes} with all of them. */
    public Map<String, String> attributes() {
        return queues.locked(() -> {
            var depth = shelf.depth(queues.now());
            Map<String, String> all = new LinkedHashMap<>(shelf.settings.attributes());
            all.put("QueueArn", arn());
            all.put("ApproximateNumberOfMessages", Integer.toString(depth.visible()));
            all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(depth.inFlight()));
            all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(depth.delayed()));
            all.put("SqsManagedSseEnabled", "true");
            return all;
        });
    }

    public void set(Map<String, String> attributes) throws SqsException {
        queues.lockedThrowing(() -> {
            var settings = shelf.settings.with(attributes);
            queues.commit(List.of(new Change.QueueSet(name(), settings.attributes())));
            return settings;
        });
    }

    public void purge() throws SqsException {
        queues.lockedThrowing(() -> {
            queues.commit(List.of(new Purged(name())));
            return null;
        });
    }
}
