/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.linkedin;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Notifications of Lead Sync: one lead, of which the vendor says no more than that it is there. */
final class LinkedInSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        var bytes = new byte[24];
        random.nextBytes(bytes);
        return "WPL_AP1." + Signatures.base64(bytes);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.putAll(LinkedInVerifier.scheme(connection)
                .sign(
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
        var id = new UUID(random.nextLong(), random.nextLong()) + "-2";
        var body = new LinkedHashMap<String, Value>();
        body.put("type", Value.of("LEAD_ACTION"));
        body.put("leadGenFormResponse", Value.of("urn:li:leadGenFormResponse:" + id));
        body.put("leadGenForm", Value.of("urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)"));
        body.put("owner", Value.of(Map.of("sponsoredAccount", Value.of("urn:li:sponsoredAccount:522529623"))));
        body.put("associatedEntity", Value.of(Map.of("creative", Value.of("urn:li:sponsoredCreative:195957743"))));
        body.put("leadType", Value.of("SPONSORED"));
        body.put("leadAction", Value.of("CREATED"));
        body.put("occurredAt", Value.of(now.minus(Duration.ofMinutes(5)).toEpochMilli()));
        return new Life(ObjectType.LEAD, id, null, List.of(Json.bytes(Value.of(body))), 2);
    }
}
