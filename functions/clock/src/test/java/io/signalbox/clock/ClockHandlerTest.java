/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.core.Pipeline;
import io.signalbox.core.catalog.FieldJobs;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CustomField;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.queue.MemoryFetchQueue;
import io.signalbox.runtime.Log;
import io.signalbox.store.Definitions;
import io.signalbox.store.FeedStore;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryDocumentStore;
import io.signalbox.store.MemoryFeedStore;
import io.signalbox.store.MemoryIndexStore;
import io.signalbox.store.MemoryJobStore;
import io.signalbox.store.MemoryLinkStore;
import io.signalbox.store.MemoryRecordStore;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockHandlerTest {

    private static final int PEOPLE = 450;

    private final SettableClock clock = SettableClock.at("2026-03-01T00:00:00Z");
    private final MemoryParameters parameters = new MemoryParameters();
    private final MemoryControlStore control = new MemoryControlStore(clock);
    private final MemoryDocumentStore documents = new MemoryDocumentStore();
    private final MemoryRecordStore records = new MemoryRecordStore();
    private final MemoryIndexStore index = new MemoryIndexStore();
    private final MemoryJobStore jobs = new MemoryJobStore(clock);
    private final MemoryFeedStore feed = new MemoryFeedStore(clock);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ClockHandler handler = new ClockHandler(
            parameters,
            control,
            new ClockHandler.Schemas(documents, records, index),
            new MemoryLinkStore(),
            feed,
            jobs,
            new MemoryStateStore(clock),
            new MemoryFetchQueue(),
            clock,
            new Log("clock", clock, new PrintStream(printed, true, StandardCharsets.UTF_8)));

    private void demos() {
        var pipeline = new Pipeline(records, control, clock, new SplittableRandom(1));
        for (var person = 0; person < PEOPLE; person++) {
            pipeline.apply(List.of(demo("p" + person)));
        }
    }

    private CanonicalEvent demo(String person) {
        return new CanonicalEvent(
                EventId.of(person),
                "form.submitted",
                "form.submitted",
                new VendorId("standard"),
                new ConnectionId("shop"),
                ObjectType.CONTACT,
                new Subject.External(new ExternalId(new ConnectionId("shop"), person)),
                clock.instant(),
                Map.of("form", Value.of("demo")),
                List.of(),
                Map.of());
    }

    @Test
    void all_that_fell_due_is_looked_at_in_one_run_and_never_twice() {
        demos();
        clock.advance(Duration.ofDays(400));
        handler.handleRequest(null, null);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("\"hints\":" + PEOPLE)
                .contains("\"changed\":" + PEOPLE)
                .contains("\"failed\":0");
        printed.reset();
        handler.handleRequest(null, null);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\"hints\":0");
    }

    @Test
    void scores_are_looked_at_while_the_parameters_are_away_and_set_up_follows() throws Exception {
        demos();
        clock.advance(Duration.ofDays(400));
        parameters.setAway(true);
        handler.handleRequest(null, null);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("cannot set up")
                .contains("\"changed\":" + PEOPLE);
        parameters.setAway(false);
        handler.handleRequest(null, null);
        assertThat(parameters.get(FirstStart.KEY_SET)).isPresent();
        assertThat(control.client("admin")).isPresent();
    }

    @Test
    void nothing_secret_is_in_the_log() throws Exception {
        handler.handleRequest(null, null);
        var admin = parameters.get(FirstStart.ADMIN).orElseThrow();
        var secret = admin.replaceAll(".*\"client_secret\":\"([^\"]+)\".*", "$1");
        assertThat(secret).hasSize(43);
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(secret);
    }

    @Test
    void it_catches_up_on_records_that_are_older_than_a_fields_index() {
        demos();
        var field = new CustomField(new FieldDef("form", FieldType.STRING), "Form")
                .withFilterable(CustomField.Upkeep.BUILDING)
                .withJob("job-1");
        var definitions = new Definitions(documents);
        var contact = definitions.get(ObjectType.CONTACT).orElseThrow();
        definitions.put(contact.next(List.of(field)));
        jobs.create(FieldJobs.build("job-1", "client-1", contact.schema(), field, clock.instant()));
        handler.handleRequest(null, null);
        assertThat(jobs.get("job-1").orElseThrow().state().isFinished()).isFalse();

        clock.advance(Duration.ofMinutes(2));
        handler.handleRequest(null, null);
        assertThat(jobs.get("job-1").orElseThrow().outcome().at("records")).isEqualTo(Value.of(PEOPLE));
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\"finished\":1");
    }

    @Test
    void counters_are_added_up_once_it_pays() {
        var shop = new ConnectionId("shop");
        for (var mark = 1; mark <= 1_200; mark++) {
            feed.append(List.of(), List.of(new FeedStore.Counted(mark, shop, 1, clock.instant())));
        }
        handler.handleRequest(null, null);
        assertThat(feed.rollUp()).isFalse();
        assertThat(feed.counts(shop).events()).isEqualTo(1_200);
    }
}
