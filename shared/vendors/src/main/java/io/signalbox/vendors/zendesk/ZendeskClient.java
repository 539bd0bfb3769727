/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.Account;
import io.signalbox.vendors.client.Answers;
import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.OAuth;
import io.signalbox.vendors.client.ObjectNames;
import io.signalbox.vendors.client.Remote;
import io.signalbox.vendors.client.RemoteRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Zendesk's Support API (developer.zendesk.com, "Show Multiple Tickets", "Show Many Users", "Show Many Organizations"): up to
 * 100 ids a call. Events lack what users added to tickets and people themselves, so records are read back after a creation, a
 * restoration and a merge.
 */
public final class ZendeskClient implements Client {

    private static final Set<String> THIN = Set.of(EventType.CREATED, EventType.RESTORED, EventType.MERGED);
    private static final ObjectNames NAMES = new ObjectNames(Map.of(
            "tickets", ObjectType.TICKET,
            "users", ObjectType.CONTACT,
            "organizations", ObjectType.COMPANY));

    private final OAuth oauth = new ZendeskOAuth();

    @Override
    public int batchSize() {
        return 100;
    }

    @Override
    public boolean isOwnHost(String host) {
        return host.matches("[a-z0-9][a-z0-9-]{0,62}\\.zendesk\\.com");
    }

    @Override
    public OAuth oauth() {
        return oauth;
    }

    @Override
    public Optional<Remote> thin(CanonicalEvent event) {
        return Answers.says(event, THIN)
                ? Answers.externalId(event).flatMap(id -> locate(event.object(), id))
                : Optional.empty();
    }

    @Override
    public Optional<Remote> locate(ObjectType object, String id) {
        return NAMES.of(object).map(name -> new Remote(name, id));
    }

    @Override
    public ApiRequest read(Account account, String object, List<String> ids, Set<String> fields) {
        var uri = account.at("/api/v2/" + object + "/show_many.json?ids=" + ApiRequest.encode(String.join(",", ids)));
        return ApiRequest.get(uri).bearer(account.token());
    }

    @Override
    public List<RemoteRecord> records(String object, Value answer) throws Unreadable {
        var records = new ArrayList<RemoteRecord>();
        for (var record : Answers.list(answer, object)) {
            var id = Ids.text(record.at("id")).orElseThrow(() -> new Unreadable("a record has no id"));
            var properties = Answers.plain(record, Set.of("id", "url", "updated_at"));
            if (record.at("via").at("channel") instanceof Value.Text channel) {
                properties.put("via_channel", channel);
            }
            if (record.at("custom_fields") instanceof Value.Arr(var own)) {
                for (var field : own) {
                    if (field.at("value").asText() != null) {
                        Ids.text(field.at("id"))
                                .ifPresent(key -> properties.put("custom_field_" + key, field.at("value")));
                    }
                }
            }
            records.add(
                    new RemoteRecord(NAMES.type(object), id, Answers.time(record, "updated_at"), properties, Map.of()));
        }
        return records;
    }

    @Override
    public ApiRequest write(Account account, Remote remote, Map<String, Value> fields) {
        var one = remote.object().substring(0, remote.object().length() - 1);
        var uri = account.at("/api/v2/" + remote.object() + "/" + ApiRequest.encode(remote.id()) + ".json");
        return ApiRequest.json("PUT", uri, Value.of(Map.of(one, Value.of(fields))))
                .bearer(account.token());
    }
}
