/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.meta;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.samples.VendorSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Deliveries of a page's webhook: one lead, of which the vendor says no more than that it is there. */
final class MetaSamples implements VendorSamples {

    private static final long PAGE = 153_125_381_133L;

    @Override
    public String newSecret(RandomGenerator random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public Map<String, Value> options() {
        return Map.of("verify_token", Value.of("sample-verify-token"));
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "facebookexternalua");
        headers.putAll(MetaLeadAds.SCHEME.sign(
                VendorSamples.secret(connection, now),
                "POST",
                connection.publicUrl().toString(),
                now,
                null,
                body));
        return Signed.post(headers, body);
    }

    @Override
    public int eventsIn(byte[] body) {
        return 2;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var id = random.nextLong(1L << 40, 1L << 50);
        var time = now.minus(Duration.ofMinutes(5)).getEpochSecond();
        var lead = new LinkedHashMap<String, Value>();
        lead.put("leadgen_id", Value.of(id));
        lead.put("page_id", Value.of(PAGE));
        lead.put("form_id", Value.of(12_312_312_312L));
        lead.put("adgroup_id", Value.of(12_312_312_313L));
        lead.put("ad_id", Value.of(12_312_312_313L));
        lead.put("created_time", Value.of(time));
        var change = new LinkedHashMap<String, Value>();
        change.put("field", Value.of("leadgen"));
        change.put("value", Value.of(lead));
        var entry = new LinkedHashMap<String, Value>();
        entry.put("id", Value.of(PAGE));
        entry.put("time", Value.of(time));
        entry.put("changes", Value.of(List.of(Value.of(change))));
        var body = new LinkedHashMap<String, Value>();
        body.put("object", Value.of("page"));
        body.put("entry", Value.of(List.of(Value.of(entry))));
        return new Life(ObjectType.LEAD, Long.toString(id), null, List.of(Json.bytes(Value.of(body))), 2);
    }
}
