/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import io.signalbox.vendors.samples.VendorSamples.Life;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts many deliveries at a rate and accounts for each of them. One in fifty is sent twice, as vendors do; what is
 * processed must be each once.
 */
final class Load {

    private static final int SENT_TWICE_EVERY = 50;
    private static final int IN_FLIGHT = 64;
    private static final int DRAIN_MILLIS = 120_000;
    private static final int COUNTERS_MILLIS = 20_000;

    /** A little more than the relay's batching window. */
    private static final int WINDOW_MILLIS = 6_000;

    private final Screen screen;
    private final Host host;
    private final DemoConnection connection;
    private final Clock clock;

    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final ConcurrentLinkedQueue<Double> ackMillis = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Double> visibleMillis = new ConcurrentLinkedQueue<>();

    Load(Screen screen, Host host, DemoConnection connection, Clock clock) {
        this.screen = screen;
        this.host = host;
        this.connection = connection;
        this.clock = clock;
    }

    /** A body to post; {@code probe} is the record whose appearance is timed, for some. */
    private record Post(byte[] body, Life probe) {}

    int run(int count, int rate, int seed) throws Host.Trouble {
        var posts = new ArrayList<Post>();
        var events = plan(count, new Random(seed), posts);
        var duplicates = count / SENT_TWICE_EVERY;
        var before = quiet();

        var start = System.nanoTime();
        post(posts, rate, start);
        var postedIn = (System.nanoTime() - start) / 1e9;
        if (acked.get() > 0) {
            Drain.await(host, screen, DRAIN_MILLIS);
        }
        var drainedIn = (System.nanoTime() - start) / 1e9;
        var after = settled(before, events);

        summary(posts.size(), duplicates, events, postedIn, drainedIn, after.since(before));
        return failed.get() + refused.get() == 0 && after.accepted() - before.accepted() == events ? 0 : 1;
    }

    /** Fills {@code posts} with {@code count} deliveries and the ones sent twice; answers how many events they hold. */
    private long plan(int count, Random random, List<Post> posts) {
        var events = 0L;
        var bodies = 0;
        while (bodies < count) {
            var life = connection.samples().life(random, clock.instant());
            for (var i = 0; i < life.bodies().size() && bodies < count; i++) {
                var body = life.bodies().get(i);
                posts.add(new Post(body, i == 0 && life.externalId() != null ? life : null));
                if (++bodies % SENT_TWICE_EVERY == 0) {
                    posts.add(new Post(body, null));
                }
                events += connection.samples().eventsIn(body);
            }
        }
        return events;
    }

    private void post(List<Post> posts, int rate, long start) {
        var room = new Semaphore(IN_FLIGHT);
        var probeEvery = Math.max(1, posts.size() / 10);
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < posts.size(); i++) {
                var due = start + (long) (i * 1e9 / rate);
                for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                room.acquireUninterruptibly();
                var post = posts.get(i);
                var probe = i % probeEvery == 0 ? post.probe : null;
                senders.execute(() -> {
                    try {
                        one(post, probe);
                    } finally {
                        room.release();
                    }
                });
                if (i % Math.max(1, rate / 5) == 0) {
                    screen.progress("posted %,d of %,d, acknowledged %,d, refused %,d"
                            .formatted(i + 1, posts.size(), acked.get(), refused.get()));
                }
            }
        }
    }

    private void one(Post post, Life probe) {
        var start = System.nanoTime();
        try {
            var status = connection.post(post.body).statusCode();
            if (status / 100 == 2) {
                acked.incrementAndGet();
                ackMillis.add((System.nanoTime() - start) / 1e6);
            } else {
                refused.incrementAndGet();
                return;
            }
            for (var tries = 0; probe != null && tries < 600; tries++) {
                if (host.api(Send.recordPath(connection, probe)).statusCode() == 200) {
                    visibleMillis.add((System.nanoTime() - start) / 1e6);
                    return;
                }
                Drain.pause(50);
            }
        } catch (Host.Trouble e) {
            failed.incrementAndGet();
        }
    }

    /** What was counted before, once the counters have followed what others sent: two readings a stream window apart. */
    private Account quiet() throws Host.Trouble {
        Drain.await(host, screen, DRAIN_MILLIS);
        var last = Account.read(host, connection.id());
        while (true) {
            screen.progress("waiting for the counters of what came before");
            Drain.pause(WINDOW_MILLIS);
            var now = Account.read(host, connection.id());
            if (now.accepted() == last.accepted()) {
                return now;
            }
            last = now;
        }
    }

    /** Counters follow the stream of changes within seconds; waits until they have. */
    private Account settled(Account before, long events) throws Host.Trouble {
        var now = Account.read(host, connection.id());
        for (var waited = 0;
                waited < COUNTERS_MILLIS
                        && now.accepted() + now.deadLetters() - before.deadLetters() < before.accepted() + events;
                waited += 250) {
            screen.progress("waiting for the counters");
            Drain.pause(250);
            now = Account.read(host, connection.id());
        }
        return now;
    }

    private void summary(int deliveries, int duplicates, long events, double postedIn, double drainedIn, Account used) {
        var lost = events - used.accepted() - used.deadLetters();
        screen.line("deliveries     %,d posted in %.1f s (%.0f/s): %,d acknowledged, %,d refused, %,d unanswered"
                .formatted(deliveries, postedIn, deliveries / postedIn, acked.get(), refused.get(), failed.get()));
        screen.line("acknowledged   after %s ms".formatted(percentiles(ackMillis)));
        screen.line("visible        after %s ms, as a record in the API".formatted(percentiles(visibleMillis)));
        screen.line("events         %,d sent, %,d processed in %.1f s (%.0f/s), %,d dead-lettered, %,d lost"
                .formatted(events, used.accepted(), drainedIn, used.accepted() / drainedIn, used.deadLetters(), lost));
        screen.line("duplicates     %,d deliveries were sent twice and changed nothing".formatted(duplicates));
        screen.line("rejected       %,d requests".formatted(used.rejected()));
        Bill.lines(used, events).forEach(screen::line);
    }

    private static String percentiles(ConcurrentLinkedQueue<Double> millis) {
        if (millis.isEmpty()) {
            return "–";
        }
        var sorted = millis.stream().sorted().toList();
        return "%.0f (p50), %.0f (p95), %.0f (p99)".formatted(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99));
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }
}
