/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import static java.util.Objects.requireNonNull;

import io.signalbox.emulator.sqs.Change.QueueDeleted;
import io.signalbox.emulator.sqs.Change.QueueSet;
import io.signalbox.emulator.sqs.Change.Sent;
import io.signalbox.emulator.sqs.Change.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * All queues of one account, under one lock and in one log. Each change goes to the log first and is applied after, so
 * an answer never promises what a killed process would forget.
 *
 * <p>Kept is what the operating system took with {@code write}: it survives {@code kill -9}, not a power cut, for which
 * each send would have to wait for the disk.
 */
public final class Queues implements AutoCloseable {

    /** The account of a machine that stands in for AWS. */
    public static final String ACCOUNT = "000000000000";

    static final String ARN_PREFIX = "arn:aws:sqs:us-east-1:" + ACCOUNT + ":";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final long COMPACT_FROM = 8L << 20;
    private static final int MOSTLY_DEAD = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Shelf> shelves = new TreeMap<>();
    private final InstantSource clock;
    private final Journal journal;
    private Meter meter = (action, bytes) -> {};
    private Disorder disorder;
    private long lastNumber;
    private long liveBytes;
    private long compactFrom = COMPACT_FROM;
    private boolean open = true;

    private Queues(InstantSource clock, Journal journal) {
        this.clock = requireNonNull(clock, "clock is null");
        this.journal = journal;
    }

    /** Queues that end with the process. */
    public static Queues inMemory(InstantSource clock) {
        return new Queues(clock, Journal.NONE);
    }

    /**
     * The queues that the log in this directory holds. What somebody had received and not deleted can be received
     * again at once: its consumer has most likely died with the process.
     *
     * @throws IOException when another process has the directory, or the log is damaged elsewhere than at its end
     */
    public static Queues open(Path directory, InstantSource clock) throws IOException {
        var log = LogFile.open(directory);
        var queues = new Queues(clock, log);
        queues.lock.lock();
        try {
            log.replay(queues::apply);
            queues.releaseAll();
            return queues;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        } finally {
            queues.lock.unlock();
        }
    }

    private void releaseAll() {
        for (var shelf : shelves.values()) {
            shelf.entries().filter(entry -> entry.receives > 0).toList().forEach(entry -> shelf.reappear(entry, now()));
        }
    }

    /** From now on every request is told to this meter. */
    public void meter(Meter to) {
        locked(() -> this.meter = requireNonNull(to, "meter is null"));
    }

    /** From now on messages come twice and out of order; null ends it. */
    public void disorder(Disorder how) {
        locked(() -> this.disorder = how);
    }

    /** {@code CreateQueue}: the same name with the same attributes again is no error. */
    public Queue create(String name, Map<String, String> attributes) throws SqsException {
        if (!NAME.matcher(name).matches()) {
            throw new SqsException(
                    SqsError.INVALID_PARAMETER_VALUE,
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        return lockedThrowing(() -> {
            var settings = QueueSettings.DEFAULT.with(attributes);
            var shelf = shelves.get(name);
            if (shelf == null) {
                commit(List.of(new QueueSet(name, settings.attributes())));
            } else if (!settings.equals(shelf.settings)) {
                throw new SqsException(
                        SqsError.QUEUE_NAME_EXISTS,
                        "A queue already exists with the same name and a different value for attributes.");
            }
            return get(name);
        });
    }

    public Queue get(String name) throws SqsException {
        return lockedThrowing(() -> {
            var shelf = shelves.get(name);
            if (shelf == null) {
                throw new SqsException(SqsError.QUEUE_DOES_NOT_EXIST, "The specified queue does not exist.");
            }
            return new Queue(this, shelf);
        });
    }

    /** By the name at the end of an ARN. */
    public Queue byArn(String arn) throws SqsException {
        return get(arn.substring(arn.lastIndexOf(':') + 1));
    }

    public List<String> names() {
        return locked(() -> List.copyOf(shelves.keySet()));
    }

    public void delete(String name) throws SqsException {
        lockedThrowing(() -> {
            get(name);
            commit(List.of(new QueueDeleted(name)));
            return null;
        });
    }

    /** Keeps the changes, then makes them. */
    void commit(List<Change> changes) throws SqsException {
        if (changes.isEmpty()) {
            return;
        }
        try {
            journal.append(changes.stream().filter(this::kept).toList());
        } catch (IOException e) {
            throw new SqsException(SqsError.INTERNAL_FAILURE, "The log of the queues cannot be written.", e);
        }
        changes.forEach(this::apply);
        if (journal.size() > compactFrom && journal.size() > MOSTLY_DEAD * liveBytes) {
            compact();
        }
    }

    /** What cannot be shrunk stays as it was, and is tried again when it has grown. */
    private void compact() {
        try {
            journal.rewrite(snapshot());
            compactFrom = COMPACT_FROM;
        } catch (IOException e) {
            compactFrom = 2 * journal.size();
        }
    }

    private boolean kept(Change change) {
        return switch (change) {
            case Taken taken -> original(taken.queue(), taken.number());
            case Change.Deleted deleted -> original(deleted.queue(), deleted.number());
            case QueueSet _, QueueDeleted _, Sent _, Change.Moved _, Change.Purged _ -> true;
        };
    }

    private boolean original(String queue, long number) {
        return shelves.get(queue).find(number).stream().noneMatch(entry -> entry.copy);
    }

    private void apply(Change change) {
        switch (change) {
            case QueueSet(var queue, var attributes) -> set(queue, attributes);
            case QueueDeleted(var queue) -> clear(shelves.remove(queue));
            case Sent sent -> add(sent);
            case Taken(var queue, var number, var receives, var firstAt, var visibleAt) -> {
                var shelf = shelves.get(queue);
                shelf.find(number).ifPresent(entry -> {
                    entry.receives = receives;
                    entry.firstAt = firstAt;
                    shelf.reappear(entry, visibleAt);
                });
            }
            case Change.Deleted(var queue, var number) -> remove(shelves.get(queue), number);
            case Change.Moved(var queue, var number, var target) -> {
                var entry = remove(shelves.get(queue), number);
                add(new Sent(target, number, entry.message, entry.sentAt, now(), ARN_PREFIX + queue));
                shelves.get(target).find(number).ifPresent(moved -> moved.receives = entry.receives);
            }
            case Change.Purged(var queue) -> clear(shelves.get(queue));
        }
    }

    private void set(String queue, Map<String, String> attributes) {
        try {
            var settings = QueueSettings.DEFAULT.with(attributes);
            shelves.computeIfAbsent(queue, name -> new Shelf(name, lock.newCondition(), settings)).settings = settings;
        } catch (SqsException e) {
            throw new IllegalStateException("queue " + queue + " has attributes that this version does not know", e);
        }
    }

    private void add(Sent sent) {
        var entry = new Entry(sent.number(), sent.message(), sent.sentAt(), sent.source(), false);
        entry.visibleAt = sent.visibleAt();
        shelves.get(sent.queue()).add(entry);
        lastNumber = Math.max(lastNumber, sent.number());
        liveBytes += entry.weight();
    }

    private Entry remove(Shelf shelf, long number) {
        var entry = shelf.remove(number);
        if (entry != null && !entry.copy) {
            liveBytes -= entry.weight();
        }
        return entry;
    }

    private void clear(Shelf shelf) {
        shelf.entries().toList().forEach(entry -> remove(shelf, entry.number));
    }

    private List<Change> snapshot() {
        var all = new ArrayList<Change>();
        shelves.values().forEach(shelf -> all.add(new QueueSet(shelf.name, shelf.settings.attributes())));
        shelves.values()
                .forEach(shelf -> shelf.entries().filter(entry -> !entry.copy).forEach(entry -> {
                    all.add(new Sent(
                            shelf.name, entry.number, entry.message, entry.sentAt, entry.visibleAt, entry.source));
                    if (entry.receives > 0) {
                        all.add(new Taken(shelf.name, entry.number, entry.receives, entry.firstAt, entry.visibleAt));
                    }
                }));
        return all;
    }

    long now() {
        return clock.millis();
    }

    long nextNumber() {
        return ++lastNumber;
    }

    String nextId() {
        return UUID.randomUUID().toString();
    }

    Meter meter() {
        return meter;
    }

    Disorder disorder() {
        return disorder;
    }

    boolean open() {
        return open;
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Work that SQS may refuse. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SqsException, InterruptedException;
    }

    <T> T lockedThrowing(Work<T> work) throws SqsException {
        lock.lock();
        try {
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqsException(SqsError.INTERNAL_FAILURE, "Interrupted.", e);
        } finally {
            lock.unlock();
        }
    }

    /** Ends waiting receives and closes the log; further calls fail. */
    @Override
    public void close() {
        locked(() -> {
            open = false;
            shelves.values().forEach(shelf -> shelf.arrived.signalAll());
            try {
                journal.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the log of the queues does not close", e);
            }
            return null;
        });
    }
}
