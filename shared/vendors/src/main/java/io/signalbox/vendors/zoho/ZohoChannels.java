/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.Account;
import io.signalbox.vendors.client.Answers;
import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.Channels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Zoho's notification channels (Zoho CRM API v8, "Enable Notifications", "Update Specific Information of a Notification"):
 * {@code POST} opens and {@code PUT} renews {@code /crm/v8/actions/watch}, for a week at most. A channel's number is made of
 * the connection's name, so that opening it twice leaves one. That a renewal of a channel that has ended is refused with
 * {@code NOT_SUBSCRIBED} rests on third parties; whatever is refused is tried the other way.
 */
final class ZohoChannels implements Channels {

    private static final String PATH = "/crm/v8/actions/watch";

    /** A week less an hour, for clocks that differ. */
    private static final Duration LIFETIME = Duration.ofDays(7).minusHours(1);

    private static final List<String> EVENTS = List.of(
            "Leads.all",
            "Contacts.all",
            "Accounts.all",
            "Deals.all",
            "Cases.all",
            "Tasks.all",
            "Events.all",
            "Calls.all");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    @Override
    public Duration lifetime() {
        return LIFETIME;
    }

    @Override
    public boolean suits(Connection connection) {
        return Zoho.IN_BODY.equals(Zoho.PROOF.text(connection));
    }

    @Override
    public ApiRequest open(Account account, Wanted wanted) {
        return request("POST", account, wanted);
    }

    @Override
    public ApiRequest renew(Account account, Wanted wanted) {
        return request("PUT", account, wanted);
    }

    private static ApiRequest request(String method, Account account, Wanted wanted) {
        var watch = new LinkedHashMap<String, Value>();
        watch.put("channel_id", Value.of(number(wanted.connection().value())));
        watch.put("events", Value.of(EVENTS.stream().map(Value::of).toList()));
        watch.put("channel_expiry", Value.of(TIME.format(wanted.until().truncatedTo(ChronoUnit.SECONDS))));
        watch.put("token", Value.of(wanted.token()));
        watch.put("notify_url", Value.of(wanted.address().toString()));
        watch.put("return_affected_field_values", Value.TRUE);
        var body = Value.of(Map.of("watch", Value.of(List.of(Value.of(watch)))));
        return ApiRequest.json(method, account.at(PATH), body)
                .with("authorization", "Zoho-oauthtoken " + account.token());
    }

    /** 15 digits, the first of them no zero. */
    private static String number(String name) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            var most = 900_000_000_000_000L;
            return Long.toString(
                    100_000_000_000_000L + Math.floorMod(ByteBuffer.wrap(hash).getLong(), most));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public Instant until(Value answer) throws Unreadable {
        var until = Instant.MAX;
        for (var watch : Answers.list(answer, "watch")) {
            if (!"success".equals(watch.at("status").asText())) {
                throw new Unreadable("Zoho did not grant the whole channel");
            }
            for (var event : Answers.list(watch.at("details"), "events")) {
                var end = Answers.time(event, "channel_expiry");
                until = end.isBefore(until) ? end : until;
            }
        }
        if (until.equals(Instant.MAX)) {
            throw new Unreadable("Zoho's answer names no event of the channel");
        }
        return until;
    }
}
