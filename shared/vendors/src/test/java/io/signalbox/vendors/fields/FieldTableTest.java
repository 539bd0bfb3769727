/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Identity;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTableTest {

    private static final String TABLE = """
        # a comment
        contact,lead  firstname  first_name
        contact       mail       email
        contact       mail2      email
        contact       boss       employees
        contact       born       birth_date
        contact       phase      lifecycle_stage
            enum Hot Lead=lead,
            a=b=customer
        contact       vip        =              boolean
        contact       state_no   state
        contact       ms         last_contacted_at  millis
        contact       sec        became_customer_at  seconds
        contact       len        =              divide 1000
        contact       status     lead_status    enum x=new
        deal          stage      stage          enum w=won
        deal          amount     amount         money currency
        deal          code       currency
        *             d_*_at     =              time
        *             phase      =
        """;

    private static final FieldTable MAPPED = FieldTable.parse(TABLE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        contact | {'firstname':'Ann'}                       | {'first_name':'Ann'}
        contact | {'firstname':''}                          | {'first_name':null}
        contact | {'firstname':null}                        | {'first_name':null}
        contact | {'mail2':'b','mail':'a'}                  | {'email':'a'}
        contact | {'mail':'a','mail2':'b'}                  | {'email':'a'}
        contact | {'mail':'','mail2':'b'}                   | {'email':'b'}
        contact | {'mail2':'b','mail':null}                 | {'email':'b'}
        contact | {'boss':'12'}                             | {'employees':12}
        contact | {'boss':'1-10'}                           | {'employees':'1-10'}
        contact | {'boss':'-.'}                             | {'employees':'-.'}
        contact | {'state_no':7}                            | {'state':'7'}
        contact | {'state':'BE'}                            | {'acme_state':'BE'}
        contact | {'Shoe_Size__c':42}                       | {'Shoe_Size__c':42}
        contact | {'phase':'HOT LEAD'}                      | {'lifecycle_stage':'lead','phase':'HOT LEAD'}
        contact | {'phase':'a=b'}                           | {'lifecycle_stage':'customer','phase':'a=b'}
        contact | {'phase':'own stage'}                     | {'lifecycle_stage':'own stage','phase':'own stage'}
        contact | {'phase':null}                            | {'lifecycle_stage':null,'phase':null}
        contact | {'phase':7}                               | {'lifecycle_stage':'7','phase':7}
        deal    | {'phase':7}                               | {'phase':7}
        deal    | {'stage':'W'}                             | {'stage':'won','acme_stage':'W'}
        contact | {'vip':'Yes'}                             | {'vip':true}
        contact | {'vip':0}                                 | {'vip':false}
        contact | {'vip':'maybe'}                           | {'vip':'maybe'}
        contact | {'len':'90500'}                           | {'len':90.5}
        contact | {'len':'long'}                            | {'len':'long'}
        contact | {'ms':'1772359200003'}                    | {'last_contacted_at':'2026-03-01T10:00:00.003Z'}
        contact | {'ms':1e300}                              | {'last_contacted_at':1e300}
        contact | {'sec':1772359200}                        | {'became_customer_at':'2026-03-01T10:00:00Z'}
        contact | {'sec':'1e9'}                             | {'became_customer_at':'1e9'}
        deal    | {'amount':'12.50'}                        | {'amount':12.50}
        deal    | {'amount':{'value':7,'currency':'EUR'}}   | {'amount':7,'currency':'EUR'}
        deal    | {'amount':{'Value':7}}                    | {'amount':7}
        deal    | {'amount':9,'code':'USD'}                 | {'amount':9,'currency':'USD'}
        gadget  | {'d_x_at':'2026-03-01 10:00:00'}          | {'d_x_at':'2026-03-01T10:00:00Z'}
        gadget  | {'d__at':'2026-03-01T10:00:00'}           | {'d__at':'2026-03-01T10:00:00Z'}
        gadget  | {'d_at':'2026-03-01T10:00:00'}            | {'d_at':'2026-03-01T10:00:00'}
        gadget  | {'state':'BE'}                            | {'state':'BE'}
        raw_event | {'amount':''}                           | {'amount':''}
        """)
    void properties_get_their_canonical_names_and_forms(String object, String said, String stored) throws Exception {
        assertThat(map(MAPPED, object, said)).isEqualTo(json(stored));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2026-03-01                    | 2026-03-01           | 2026-03-01T00:00:00Z
        2026-03-01T23:30:00-05:00     | 2026-03-02           | 2026-03-02T04:30:00Z
        2026-03-01T23:30:00.000-0500  | 2026-03-02           | 2026-03-02T04:30:00Z
        2026-03-01T23:30:00Z          | 2026-03-01           | 2026-03-01T23:30:00Z
        2026-03-01T23:30              | 2026-03-01           | 2026-03-01T23:30:00Z
        1772359200000                 | 2026-03-01           | 2026-03-01T10:00:00Z
        2026-02-30                    | 2026-02-30           | 2026-02-30
        March 1, 2026                 | March 1, 2026        | March 1, 2026
        '          '                  | '          '         | '          '
        """)
    void dates_and_times_are_in_utc_whatever_they_came_in(String said, String date, String time) {
        assertThat(Values.read(Reading.Form.DATE, Value.of(said), Optional.empty()))
                .isEqualTo(Value.of(date));
        assertThat(Values.read(Reading.Form.TIME, Value.of(said), Optional.empty()))
                .isEqualTo(Value.of(time));
    }

    @Test
    void canonical_names_pass_where_the_table_says_so_and_where_there_is_none() throws Exception {
        var passes = FieldTable.parse("canonical names pass\ncontact zip postal_code\n");
        assertThat(map(passes, "contact", "{'state':'BE','zip':1,'employees':'5'}"))
                .isEqualTo(json("{'state':'BE','postal_code':'1','employees':5}"));
        assertThat(map(FieldTable.beside(FieldTableTest.class), "contact", "{'state':'BE'}"))
                .isEqualTo(json("{'state':'BE'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contact", "contact a b colour", "contact a b enum x", "contact a b divide many"})
    void line_that_is_no_row_is_an_error(String line) {
        assertThatThrownBy(() -> FieldTable.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void events_say_who_they_are_about_where_the_vendor_or_the_connection_joins_records() throws Exception {
        var vendor = Vendors.find("standard").orElseThrow();
        assertThat(vendor.fields().keysAreUnique()).isTrue();
        var body =
                "{\"type\":\"contact.updated\",\"timestamp\":1772359200,\"data\":{\"id\":1,\"email\":\"ada@x.example\"}}";
        var delivery = new Delivery(
                vendor.id(),
                new ConnectionId("acme"),
                Instant.EPOCH,
                "1-test-test",
                Map.of("webhook-id", "1"),
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var apart = new ConnectionSettings(Map.of(), Optional.empty(), Optional.of(false), Map.of());
        assertThat(vendor.events(delivery, ConnectionSettings.NONE).getFirst().merged())
                .hasSize(1)
                .allMatch(Identity::isClaim);
        assertThat(vendor.events(delivery, apart).getFirst().merged()).isEmpty();
    }

    static List<Vendor> vendors() {
        return Vendors.all();
    }

    /** A typing error in a table would otherwise just make another custom field. */
    @ParameterizedTest
    @MethodSource("vendors")
    void tables_name_fields_and_words_that_exist_and_each_field_once(Vendor vendor) {
        var seen = new HashSet<String>();
        for (var row : vendor.fields().rows()) {
            assertThat(seen.add(row.object() + " " + row.field()))
                    .as(row.toString())
                    .isTrue();
            for (var schema : Schemas.STANDARD) {
                if (!row.target().equals(FieldRow.SAME)
                        && row.object().equals(schema.object().name())) {
                    var field = schema.field(row.target());
                    assertThat(field).as(row.toString()).isPresent();
                    if (row.reading() instanceof Reading.Choice(var words)) {
                        assertThat(field.orElseThrow().values()).containsAll(words.values());
                    }
                    if (row.reading() instanceof Reading.Money(var currency)) {
                        assertThat(schema.field(currency)).isPresent();
                    }
                }
            }
        }
    }

    /** What a connection may change: a name of one's own, the place of another row, a field dropped. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {'mail2':'b','mail':'a'}  | {'email':'b'}
        {'firstname':'Ann'}       | {'nickname':'Ann'}
        {'boss':'12','vip':'yes'} | {'company_size':'12'}
        {'ms':'1772359200003'}    | {'seen_at':'2026-03-01T10:00:00.003Z'}
        {'phase':'a=b'}           | {'lead_status':'customer','phase':'a=b'}
        {'tel':'(030) 5557 0142'} | {'phone':'+493055570142'}
        {'phone':'030 5557 0142'} | {'acme_phone':'030 5557 0142'}
        {'custom__c':'7'}         | {'employees':7}
        """)
    void connection_overrides_rows_of_its_vendors_table(String said, String stored) throws Exception {
        var settings = new ConnectionSettings(
                Map.of(
                        ObjectType.CONTACT,
                        Map.of(
                                "mail2", Optional.of("email"),
                                "firstname", Optional.of("nickname"),
                                "boss", Optional.of("company_size"),
                                "vip", Optional.empty(),
                                "ms", Optional.of("seen_at"),
                                "phase", Optional.of("lead_status"),
                                "tel", Optional.of("phone"),
                                "custom__c", Optional.of("employees"))),
                Optional.of("DE"),
                Optional.empty(),
                Map.of());
        assertThat(map(MAPPED.mapper(settings), "contact", said)).isEqualTo(json(stored));
    }

    private static Value map(FieldTable table, String object, String properties) throws Json.Malformed {
        return map(table.mapper(ConnectionSettings.NONE), object, properties);
    }

    private static Value map(FieldMapper mapper, String object, String properties) throws Json.Malformed {
        var connection = new ConnectionId("acme-main");
        return Value.of(mapper.map(new CanonicalEvent(
                        EventId.of("1"),
                        object + ".updated",
                        "updated",
                        new VendorId("acme"),
                        connection,
                        new ObjectType(object),
                        new Subject.External(new ExternalId(connection, "1")),
                        Instant.EPOCH,
                        ((Value.Obj) json(properties)).members(),
                        List.of(),
                        Map.of()))
                .properties());
    }

    private static Value json(String json) throws Json.Malformed {
        return Json.parse(json.replace('\'', '"'));
    }
}
