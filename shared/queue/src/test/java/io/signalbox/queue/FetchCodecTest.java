/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Revision;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchCodecTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    private static FetchJob job(FetchJob.Task task) {
        return FetchJob.of(new VendorId("hubspot"), new ConnectionId("acme"), task, NOW)
                .later(3, NOW.plusSeconds(9));
    }

    @Test
    void a_job_to_read_survives_the_round_trip() throws Undecodable {
        var job = job(new FetchJob.Read(ObjectType.CONTACT, "contacts", Map.of("1", 5L, "a\"é😀", Long.MAX_VALUE)));
        assertThat(FetchCodec.decode(FetchCodec.encode(job))).isEqualTo(job);
    }

    @Test
    void a_job_to_write_survives_the_round_trip() throws Undecodable {
        var fields = Map.of("score", Value.of(42), "label", Value.of("A1"), "gone", Value.NULL);
        var job = job(new FetchJob.Write(ObjectType.CONTACT, "contacts", "17", fields));
        assertThat(FetchCodec.decode(FetchCodec.encode(job))).isEqualTo(job);
    }

    @Test
    void a_job_to_write_survives_with_the_version_it_follows_from() throws Undecodable {
        var because = new Revision(new RecordKey(ObjectType.CONTACT, new RecordId(41)), 7);
        var fields = Map.of("score", Value.of(42));
        var job = job(new FetchJob.Write(ObjectType.CONTACT, "contacts", "17", fields, Optional.of(because)));
        assertThat(FetchCodec.decode(FetchCodec.encode(job))).isEqualTo(job);
    }

    @Test
    void a_job_to_watch_survives_the_round_trip() throws Undecodable {
        var job = job(new FetchJob.Watch());
        assertThat(FetchCodec.decode(FetchCodec.encode(job))).isEqualTo(job);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"v\":2}",
                "{\"v\":1,\"vendor\":\"hubspot\",\"connection\":\"acme\"}",
                "{\"v\":1,\"vendor\":\"hubspot\",\"connection\":\"acme\",\"read\":{\"type\":\"contact\",\"object\":\"c\"},"
                        + "\"ids\":{\"1\":\"x\"},\"attempt\":0,\"since\":1,\"not_before\":1}"
            })
    void message_of_someone_else_is_undecodable(String message) {
        assertThatThrownBy(() -> FetchCodec.decode(message)).isInstanceOf(Undecodable.class);
    }
}
