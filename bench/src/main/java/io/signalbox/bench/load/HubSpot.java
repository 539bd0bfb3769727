/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.load;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A HubSpot account that posts webhooks: its connection, its bodies, its signatures (v3, written anew here). */
public final class HubSpot {

    public static final ConnectionId CONNECTION_ID = new ConnectionId("hubspot");

    private static final String SECRET = "bench-secret-of-one-hubspot-app-0001";
    private static final String PATH = "/hooks/v1/hubspot/" + CONNECTION_ID.value();
    private static final String URL = "https://hub.example.com" + PATH;
    private static final long PORTAL = 62_515;

    private HubSpot() {}

    public static Connection connection(Instant createdAt) {
        var secret = new Connection.Secret("s1", SECRET, createdAt, Optional.empty());
        return new Connection(
                CONNECTION_ID, new VendorId("hubspot"), URI.create(URL), List.of(secret), Map.of(), createdAt);
    }

    /** One event of a delivery; {@code property} is null for a creation. */
    public record Event(long eventId, long contact, long occurredAt, String property, String value) {}

    /** The body of one delivery, as HubSpot writes it: an array of at most 100. */
    public static byte[] body(List<Event> events) {
        var array = new ArrayList<Value>();
        for (var event : events) {
            var json = new LinkedHashMap<String, Value>();
            json.put("eventId", Value.of(event.eventId()));
            json.put("subscriptionId", Value.of(2_426_762));
            json.put("portalId", Value.of(PORTAL));
            json.put("appId", Value.of(2_633_736));
            json.put("occurredAt", Value.of(event.occurredAt()));
            json.put(
                    "subscriptionType",
                    Value.of(event.property() == null ? "contact.creation" : "contact.propertyChange"));
            json.put("attemptNumber", Value.of(0));
            json.put("objectId", Value.of(event.contact()));
            if (event.property() != null) {
                json.put("propertyName", Value.of(event.property()));
                json.put("propertyValue", Value.of(event.value()));
            }
            json.put("changeSource", Value.of("CRM_UI"));
            json.put("sourceId", Value.of("userId:51430432"));
            array.add(Value.of(json));
        }
        return Json.bytes(Value.of(array));
    }

    /** What {@code X-HubSpot-Signature-v3} covers: method, URL, body and time, one after the other. */
    public static byte[] signed(byte[] body, long millis) {
        var head = ("POST" + URL).getBytes(StandardCharsets.UTF_8);
        var tail = Long.toString(millis).getBytes(StandardCharsets.UTF_8);
        var all = new byte[head.length + body.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        System.arraycopy(tail, 0, all, head.length + body.length, tail.length);
        return all;
    }

    /** A MAC with the connection's secret. */
    public static Mac mac() {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    /** The delivery as API Gateway hands it to a function, payload format 2.0. */
    public static byte[] request(byte[] body, Instant now) {
        var millis = now.toEpochMilli();
        var signature = Base64.getEncoder().encodeToString(mac().doFinal(signed(body, millis)));
        var headers = new LinkedHashMap<String, Value>();
        headers.put("accept", Value.of("*/*"));
        headers.put("content-length", Value.of(Integer.toString(body.length)));
        headers.put("content-type", Value.of("application/json"));
        headers.put("host", Value.of("hub.example.com"));
        headers.put("user-agent", Value.of("HubSpot Connect 2.0 (http://dev.hubspot.com/)"));
        headers.put("x-amzn-trace-id", Value.of("Root=1-65a5c8a3-0123456789abcdef01234567"));
        headers.put("x-forwarded-for", Value.of("54.174.57.11"));
        headers.put("x-forwarded-port", Value.of("443"));
        headers.put("x-forwarded-proto", Value.of("https"));
        headers.put("x-hubspot-request-timestamp", Value.of(Long.toString(millis)));
        headers.put("x-hubspot-signature-v3", Value.of(signature));
        headers.put("x-hubspot-signature-version", Value.of("v1"));
        return HttpEvent.of(
                "POST",
                "ANY /hooks/v1/{vendor}/{connection}",
                PATH,
                headers,
                Map.of("vendor", Value.of("hubspot"), "connection", Value.of(CONNECTION_ID.value())),
                Map.of(),
                new String(body, StandardCharsets.UTF_8),
                now);
    }
}
