/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.core.Outcome;
import io.signalbox.core.Pipeline;
import io.signalbox.core.SettingsCache;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.processor.DeadLetters.Reason;
import io.signalbox.processor.Tally.Count;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.runtime.Log;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Messages of the events queue: read, normalized, and all their events handed to the pipeline together, so that they
 * share a journal segment and each record is written once.
 *
 * <p>A message is done when all its events are, or when it lies in the dead-letter queue with its reason. It goes there
 * at once if trying again cannot help, else on its last receive; SQS would move it then, too, but without a reason.
 */
final class Deliveries {

    /** Events that go to the pipeline together, unless one message alone has more. */
    private static final int TOGETHER = 1_000;

    private final Pipeline pipeline;
    private final SettingsCache settings;
    private final Completions completions;
    private final DeadLetters deadLetters;
    private final int maxReceives;
    private final Log log;

    Deliveries(
            Pipeline pipeline,
            SettingsCache settings,
            Completions completions,
            DeadLetters deadLetters,
            int maxReceives,
            Log log) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.completions = requireNonNull(completions, "completions is null");
        this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
        this.maxReceives = maxReceives;
        this.log = requireNonNull(log, "log is null");
    }

    /** A message and the events in it. */
    private record Read(SQSMessage message, List<CanonicalEvent> events) {}

    /**
     * Handles the messages.
     *
     * @param hasTime whether there is time for more; what is left when there is not is neither done nor moved away
     * @param done every message is added as soon as it need not come again
     */
    void handle(List<SQSMessage> messages, BooleanSupplier hasTime, Tally tally, Done done) {
        var together = new ArrayList<Read>();
        var events = 0;
        for (var message : messages) {
            var read = read(message, tally, done);
            if (read.isEmpty()) {
                continue;
            }
            if (events > 0 && events + read.get().events().size() > TOGETHER) {
                if (!hasTime.getAsBoolean()) {
                    return;
                }
                apply(together, tally, done);
                together.clear();
                events = 0;
            }
            together.add(read.get());
            events += read.get().events().size();
        }
        if (hasTime.getAsBoolean()) {
            apply(together, tally, done);
        }
    }

    /** The message's events; nothing when it cannot be read, and its fate is settled. */
    private Optional<Read> read(SQSMessage message, Tally tally, Done done) {
        try {
            var delivery = DeliveryCodec.decode(message.getBody());
            var vendor = Vendors.find(delivery.vendor());
            if (vendor.isPresent()) {
                var asked = settings.of(delivery.connection());
                var events = completions.mark(vendor.get(), asked, vendor.get().events(delivery, asked));
                return Optional.of(new Read(message, events));
            }
            bury(message, new Reason("the delivery is of a vendor that is not known", ""), tally, done);
        } catch (Undecodable e) {
            bury(message, new Reason("the message is not a delivery", e.getMessage()), tally, done);
        } catch (Vendor.Unreadable e) {
            bury(message, new Reason("the delivery is not what its vendor sends", e.getMessage()), tally, done);
        } catch (RuntimeException e) {
            log.error(
                    "cannot read a delivery",
                    Log.line().with("message_id", message.getMessageId()).with(e));
            retry(
                    message,
                    new Reason("unexpected failure while reading", e.getClass().getName()),
                    tally,
                    done);
        }
        return Optional.empty();
    }

    private void apply(List<Read> together, Tally tally, Done done) {
        var events = together.stream().flatMap(read -> read.events().stream()).toList();
        var outcomes = pipeline.apply(events);
        try {
            completions.ask(events, outcomes);
        } catch (QueueUnavailable e) {
            log.warn("cannot ask for records", Log.line().with(e));
            var reason = new Reason("the fetch queue did not answer", "");
            together.forEach(read -> retry(read.message(), reason, tally, done));
            return;
        }
        var next = 0;
        for (var read : together) {
            var own = outcomes.subList(next, next + read.events().size());
            next += read.events().size();
            for (var i = 0; i < own.size(); i++) {
                tally.add(read.events().get(i), own.get(i));
            }
            settle(read.message(), own, tally, done);
        }
    }

    private void settle(SQSMessage message, List<Outcome> outcomes, Tally tally, Done done) {
        var failures = outcomes.stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome.Failed.class::cast)
                .toList();
        if (failures.isEmpty()) {
            done.add(message);
            return;
        }
        var passing = failures.stream().filter(Outcome.Failed::mayPass).findFirst();
        var first = passing.orElse(failures.getFirst());
        var reason = new Reason(first.reason(), failures.size() + " of " + outcomes.size() + " events failed");
        if (passing.isPresent()) {
            retry(message, reason, tally, done);
        } else {
            bury(message, reason, tally, done);
        }
    }

    /** Leaves the message to come again, unless this was its last time. */
    private void retry(SQSMessage message, Reason reason, Tally tally, Done done) {
        if (Messages.receiveCount(message) >= maxReceives) {
            bury(message, reason, tally, done);
        } else {
            tally.add(Count.RETRIES, 1);
        }
    }

    /** A message that cannot be moved comes again; on its last time SQS itself moves it. */
    private void bury(SQSMessage message, Reason reason, Tally tally, Done done) {
        var line = Log.line()
                .with("message_id", message.getMessageId())
                .with("reason", reason.reason())
                .with("detail", reason.detail());
        try {
            deadLetters.put(message, reason);
            done.add(message);
            tally.add(Count.DEAD_LETTERS, 1);
            log.warn("moved to the dead-letter queue", line);
        } catch (RuntimeException e) {
            tally.add(Count.RETRIES, 1);
            log.error("cannot move to the dead-letter queue", line.with(e));
        }
    }
}
