/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.pipedrive;

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
 * Pipedrive's API, version 2 (developers.pipedrive.com, "Get all persons" and so on, by {@code ids}): up to 100 a call. Webhooks
 * carry whole records, so only what a merge left is read back. Leads are still in version 1, which reads one at a time, and are
 * left out.
 */
public final class PipedriveClient implements Client {

    private static final ObjectNames NAMES = new ObjectNames(Map.of(
            "persons", ObjectType.CONTACT,
            "organizations", ObjectType.COMPANY,
            "deals", ObjectType.DEAL));

    private final OAuth oauth = new PipedriveOAuth();

    @Override
    public int batchSize() {
        return 100;
    }

    @Override
    public boolean isOwnHost(String host) {
        return host.matches("[a-z0-9][a-z0-9-]{0,62}\\.pipedrive\\.com");
    }

    @Override
    public OAuth oauth() {
        return oauth;
    }

    @Override
    public Optional<Remote> thin(CanonicalEvent event) {
        return Answers.says(event, Set.of(EventType.MERGED))
                ? Answers.externalId(event).flatMap(id -> locate(event.object(), id))
                : Optional.empty();
    }

    @Override
    public Optional<Remote> locate(ObjectType object, String id) {
        return NAMES.of(object).map(name -> new Remote(name, id));
    }

    @Override
    public ApiRequest read(Account account, String object, List<String> ids, Set<String> fields) {
        var uri = account.at("/api/v2/" + object + "?limit=100&ids=" + ApiRequest.encode(String.join(",", ids)));
        return signed(ApiRequest.get(uri), account);
    }

    @Override
    public List<RemoteRecord> records(String object, Value answer) throws Unreadable {
        var records = new ArrayList<RemoteRecord>();
        for (var record : Answers.list(answer, "data")) {
            var id = Ids.text(record.at("id")).orElseThrow(() -> new Unreadable("a record has no id"));
            var properties = Answers.plain(record, Set.of("id", "update_time"));
            primary(record.at("emails")).ifPresent(email -> properties.put("email", email));
            primary(record.at("phones")).ifPresent(phone -> properties.put("phone", phone));
            if (record.at("custom_fields") instanceof Value.Obj(var own)) {
                own.forEach((key, value) -> {
                    var plain = value instanceof Value.Obj held ? held.get("value") : value;
                    if (plain.asText() != null) {
                        properties.put(key, plain);
                    }
                });
            }
            records.add(new RemoteRecord(
                    NAMES.type(object), id, Answers.time(record, "update_time"), properties, Map.of()));
        }
        return records;
    }

    private static Optional<Value> primary(Value list) {
        if (!(list instanceof Value.Arr(var items))) {
            return Optional.empty();
        }
        return items.stream()
                .filter(item -> Value.TRUE.equals(item.at("primary")))
                .findFirst()
                .or(() -> items.stream().findFirst())
                .map(item -> item.at("value"))
                .filter(value -> value.asText() != null && !value.asText().isEmpty());
    }

    @Override
    public ApiRequest write(Account account, Remote remote, Map<String, Value> fields) {
        var uri = account.at("/api/v2/" + remote.object() + "/" + ApiRequest.encode(remote.id()));
        return signed(ApiRequest.json("PATCH", uri, Value.of(fields)), account);
    }

    /** An API token, 40 digits and letters, has a header of its own. */
    private static ApiRequest signed(ApiRequest request, Account account) {
        return account.token().matches("[0-9a-f]{40}")
                ? request.with("x-api-token", account.token())
                : request.bearer(account.token());
    }
}
