/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Revision;
import io.signalbox.model.Stamp;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Reach.Granted;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.FetchJob;
import io.signalbox.queue.MemoryFetchQueue;
import io.signalbox.rules.ScoreModel;
import io.signalbox.runtime.Json;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.store.RecordStore;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.ReadBack;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records as the store writes them, and what actions make of their changes. */
class PushesTest {

    private static final ConnectionId CRM = new ConnectionId("crm");
    private static final RecordKey ADA = new RecordKey(ObjectType.CONTACT, new RecordId(5));

    private static final String WORK = "{'id':'work','when':{'data':{'city':['Graz']}},"
            + "'push':{'connection':'crm','set':{'hs_lead_status':'OPEN','job_title':{'from':'data.department'}}}}";

    private final LocalAws aws = LocalAws.fresh();
    private final SettableClock clock = SettableClock.at("2036-03-01T00:00:00Z");
    private final RecordStore records =
            new DynamoRecordStore(aws.dynamo(), aws.table("RecordsTable"), clock, new ConsumedUnits());
    private final MemoryControlStore control = new MemoryControlStore(clock);
    private final Reaches reaches = new Reaches(new MemoryStateStore(clock), clock);
    private final MemoryFetchQueue queue = new MemoryFetchQueue();
    private final List<Change> changes = new ArrayList<>();
    private Optional<Map<String, AttributeValue>> image = Optional.empty();

    @BeforeEach
    void connect() {
        control.createConnection(new Connection(
                CRM,
                new VendorId("hubspot"),
                URI.create("https://hub.example.com/hooks/v1/hubspot/crm"),
                List.of(),
                Map.of(),
                clock.instant()));
        reaches.update(
                CRM, reach -> reach.withGrant(new Granted(Flow.TOKEN, clock.instant(), List.of(), List.of(), 0)));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private static ScoreModel model(String actions) throws Exception {
        return ScoreModel.compile(json("""
            {'apiVersion': 'signalbox/v1', 'kind': 'ScoreModel', 'metadata': {'name': 'm', 'version': 1},
             'spec': {'groups': [{'id':'f','type':'fit'}],
                      'rules': [{'id':'r','group':'f','points':1,'when':{'data':{'a':['x']}}}],
                      'bands': {'fit': {'A': 50, 'B': 0}, 'engagement': {'1': 50, '2': 0}}, 'actions': [%s]}}
            """.formatted(actions)));
    }

    private static Value json(String text) throws Json.Malformed {
        return Json.parse(text.replace('\'', '"'));
    }

    private static CrmRecord ada(Map<String, String> texts, String... externalIds) {
        return ada(Life.State.ALIVE, texts, externalIds);
    }

    private static CrmRecord ada(Life.State state, Map<String, String> texts, String... externalIds) {
        var stamp = new Stamp(1_000, 1);
        var properties = new TreeMap<String, Property>();
        texts.forEach((name, text) -> properties.put(name, new Property(Value.of(text), stamp)));
        var ids = new TreeSet<ExternalId>();
        for (var id : externalIds) {
            ids.add(new ExternalId(CRM, id));
        }
        return new CrmRecord(
                ADA,
                0,
                1_000,
                2_000,
                new Life(state, stamp),
                Optional.empty(),
                ids,
                properties,
                Map.of(),
                new TreeSet<>(),
                Long.MIN_VALUE,
                Optional.empty(),
                Optional.empty());
    }

    private void save(CrmRecord record) {
        records.save(records.get(ADA), record, false);
        var pk = "R#" + ADA.object() + "#" + ADA.id();
        var item = aws.dynamo()
                .getItem(get -> get.tableName(aws.table("RecordsTable")).key(Map.of("pk", text(pk), "sk", text("R"))))
                .item();
        var after = new HashMap<String, AttributeValue>();
        after.put("v", new AttributeValue().withN(item.get("v").n()));
        after.put(
                "b",
                new AttributeValue().withB(ByteBuffer.wrap(item.get("b").b().asByteArray())));
        changes.add(new Change("s" + changes.size(), pk, "R", image, Optional.of(after)));
        image = Optional.of(after);
    }

    private static software.amazon.awssdk.services.dynamodb.model.AttributeValue text(String text) {
        return software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(text);
    }

    /** Hands over all changes so far as one batch; returns where it shall begin again. */
    private Optional<String> relay(ScoreModel model, boolean keep) {
        var pushes = new Pushes(() -> model, new Destinations(control, reaches, clock), queue, clock);
        changes.forEach(pushes::accept);
        if (!keep) {
            changes.clear();
        }
        return pushes.finish().map(Change::sequence);
    }

    private List<FetchJob.Write> written(ScoreModel model) {
        assertThat(relay(model, false)).isEmpty();
        return queue.take().stream().map(job -> (FetchJob.Write) job.task()).toList();
    }

    @Test
    void what_an_action_newly_says_is_written_under_the_vendors_names_because_of_that_version() throws Exception {
        var model = model(WORK);
        save(ada(Map.of("city", "Wien", "department", "Sales"), "17"));
        assertThat(written(model)).isEmpty();
        save(ada(Map.of("city", "Graz", "department", "Sales"), "17"));
        var all = Map.of("hs_lead_status", Value.of("OPEN"), "jobtitle", Value.of("Sales"));
        assertThat(written(model))
                .containsExactly(new FetchJob.Write(
                        ObjectType.CONTACT, "contacts", "17", all, Optional.of(new Revision(ADA, 2))));
        save(ada(Map.of("city", "Graz", "department", "Law"), "17"));
        assertThat(written(model))
                .as("what it said before is not written again")
                .containsExactly(new FetchJob.Write(
                        ObjectType.CONTACT,
                        "contacts",
                        "17",
                        Map.of("jobtitle", Value.of("Law")),
                        Optional.of(new Revision(ADA, 3))));
        save(ada(Map.of("city", "Graz", "department", "Law", "state", "Styria"), "17"));
        assertThat(written(model)).isEmpty();
    }

    @Test
    void of_several_changes_in_a_batch_the_last_state_is_written_once() throws Exception {
        var model = model(WORK);
        save(ada(Map.of("city", "Graz", "department", "Sales"), "17"));
        save(ada(Map.of("city", "Graz", "department", "Law"), "17"));
        assertThat(written(model))
                .hasSize(1)
                .first()
                .satisfies(write -> assertThat(write.fields()).containsEntry("jobtitle", Value.of("Law")));
    }

    @Test
    void a_vendors_record_that_joins_later_is_told_then() throws Exception {
        var model = model(WORK);
        save(ada(Map.of("city", "Graz")));
        assertThat(written(model)).isEmpty();
        save(ada(Map.of("city", "Graz"), "17"));
        save(ada(Map.of("city", "Graz"), "17", "18"));
        assertThat(written(model)).extracting(FetchJob.Write::id).containsExactly("17", "18");
    }

    @Test
    void a_batch_that_comes_twice_asks_for_the_same_and_a_queue_that_is_away_loses_nothing() throws Exception {
        var model = model(WORK);
        save(ada(Map.of("city", "Wien"), "17"));
        save(ada(Map.of("city", "Graz"), "17"));
        queue.setAway(true);
        assertThat(relay(model, true)).contains("s0");
        queue.setAway(false);
        assertThat(relay(model, true)).isEmpty();
        var first = queue.take();
        assertThat(relay(model, true)).isEmpty();
        assertThat(first).hasSize(1).isEqualTo(queue.take());
    }

    @Test
    void our_own_change_come_back_fires_nothing_so_two_actions_do_not_chase_each_other() throws Exception {
        var model = model(
                "{'id':'a','when':{'data':{'hs_lead_status':['OPEN']}},'push':{'set':{'hs_lead_status':'NEW'}}},"
                        + "{'id':'b','when':{'data':{'hs_lead_status':['NEW']}},'push':{'set':{'hs_lead_status':'OPEN'}}}");
        save(ada(Map.of("hs_lead_status", "OPEN", "lead_status", "open"), "17"));
        assertThat(written(model)).hasSize(1);
        save(ada(Map.of("hs_lead_status", "NEW", "lead_status", "new"), "17"));
        assertThat(written(model)).as("the echo").isEmpty();
        save(ada(Map.of("hs_lead_status", "OPEN", "lead_status", "open", "city", "Graz"), "17"));
        assertThat(written(model)).as("somebody else's change").hasSize(1);
    }

    @Test
    void the_mark_of_a_record_to_be_read_back_is_no_change_of_anybodys() throws Exception {
        var model = model("{'id':'a','when':{'data':{'city':['Graz']}},'push':{'set':{'city':'Wien'}}},"
                + "{'id':'b','when':{'data':{'city':['Wien']}},'push':{'set':{'city':'Graz'}}}");
        save(ada(Map.of("city", "Graz"), "17"));
        assertThat(written(model)).hasSize(1);
        save(ada(Map.of("city", "Wien", ReadBack.PENDING, "x"), "17"));
        assertThat(written(model)).isEmpty();
    }

    @Test
    void a_deleted_record_and_a_connection_without_access_are_left_alone() throws Exception {
        var model = model(WORK);
        save(ada(Life.State.DELETED, Map.of("city", "Graz"), "17"));
        assertThat(written(model)).isEmpty();
        reaches.delete(CRM);
        clock.advance(Duration.ofMinutes(2));
        save(ada(Map.of("city", "Graz"), "17"));
        assertThat(written(model)).isEmpty();
    }

    @Test
    void a_field_that_the_connection_maps_is_written_by_the_vendors_name() throws Exception {
        control.putSettings(
                CRM,
                new ConnectionSettings(
                        Map.of(ObjectType.CONTACT, Map.of("their_grade", Optional.of("grade"))),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
        var model = model("{'id':'a','when':{'data':{'city':['Graz']}},'push':{'set':{'grade':'A'}}}");
        save(ada(Map.of("city", "Graz"), "17"));
        assertThat(written(model).getFirst().fields()).containsExactly(Map.entry("their_grade", Value.of("A")));
    }

    @Test
    void without_actions_no_change_is_even_decoded() throws Exception {
        var broken = Map.of(
                "v", new AttributeValue().withN("1"),
                "b", new AttributeValue().withB(ByteBuffer.wrap(new byte[] {99})));
        changes.add(new Change("s0", "R#contact#5", "R", Optional.empty(), Optional.of(broken)));
        assertThat(written(ScoreModel.starter())).isEmpty();
    }
}
