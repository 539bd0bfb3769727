/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.Account;
import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.ApiResponse;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Complaint;
import io.signalbox.vendors.client.OAuth;
import io.signalbox.vendors.client.Quota;
import io.signalbox.vendors.client.Remote;
import io.signalbox.vendors.client.RemoteRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * HubSpot's CRM API, version 3: {@code POST /crm/v3/objects/{type}/batch/read} and {@code PATCH
 * /crm/v3/objects/{type}/{id}} (HubSpot's own OpenAPI documents, HubSpot-public-api-spec-collection). Up to 100 ids a
 * read; ids that are not there are left out of the answer, which is then a 207.
 *
 * <p>Creation events carry ids alone, so records are read back after a creation, a restore and a merge, and after a
 * change whose value HubSpot withheld.
 */
public final class HubSpotClient implements Client {

    private static final Set<String> THIN = Set.of(EventType.CREATED, EventType.RESTORED, EventType.MERGED);

    private final OAuth oauth = new HubSpotOAuth();

    @Override
    public int batchSize() {
        return 100;
    }

    @Override
    public boolean isOwnHost(String host) {
        return host.equals("api.hubapi.com") || host.matches("api-[a-z0-9]{2,8}\\.hubapi\\.com");
    }

    @Override
    public OAuth oauth() {
        return oauth;
    }

    @Override
    public Optional<Remote> thin(CanonicalEvent event) {
        var says = !event.data().getOrDefault("redacted", Value.NULL).isNull()
                || (event.type().equals(EventType.of(event.object(), EventType.verb(event.type())))
                        && THIN.contains(EventType.verb(event.type())));
        if (!says || !(event.subject() instanceof Subject.External(var external))) {
            return Optional.empty();
        }
        return HubSpotPaths.of(
                        event.object(),
                        event.data().getOrDefault("kind", Value.NULL).asText())
                .map(path -> new Remote(path, external.id()));
    }

    @Override
    public Optional<Remote> locate(ObjectType object, String id) {
        return HubSpotPaths.of(object, null).map(path -> new Remote(path, id));
    }

    @Override
    public ApiRequest read(Account account, String object, List<String> ids, Set<String> fields) {
        var inputs =
                ids.stream().map(id -> Value.of(Map.of("id", Value.of(id)))).toList();
        var names = new TreeSet<>(HubSpotPaths.properties(object));
        names.addAll(fields);
        var body = new LinkedHashMap<String, Value>();
        body.put("inputs", Value.of(inputs));
        body.put("properties", Value.of(names.stream().map(Value::of).toList()));
        body.put("propertiesWithHistory", Value.of(List.of()));
        return ApiRequest.json("POST", account.at("/crm/v3/objects/" + object + "/batch/read"), Value.of(body))
                .bearer(account.token());
    }

    @Override
    public List<RemoteRecord> records(String object, Value answer) throws Unreadable {
        if (!(answer.at("results") instanceof Value.Arr(var results))) {
            throw new Unreadable("HubSpot's answer has no results");
        }
        var type = HubSpotPaths.type(object);
        var records = new ArrayList<RemoteRecord>();
        for (var result : results) {
            var id = Ids.text(result.at("id"));
            if (id.isEmpty() || !(result.at("properties") instanceof Value.Obj(var properties))) {
                throw new Unreadable("a result of HubSpot's lacks its id or its properties");
            }
            var set = new LinkedHashMap<String, Value>();
            properties.forEach((name, value) -> {
                if (!value.isNull() && !"".equals(value.asText())) {
                    set.put(name, value);
                }
            });
            var kind = HubSpotPaths.activityKind(object);
            records.add(new RemoteRecord(
                    type,
                    id.get(),
                    modified(result),
                    set,
                    kind.<Map<String, Value>>map(name -> Map.of("kind", Value.of(name)))
                            .orElse(Map.of())));
        }
        return records;
    }

    private static Instant modified(Value result) throws Unreadable {
        try {
            return Instant.parse(result.at("updatedAt").asText());
        } catch (DateTimeException | NullPointerException _) {
            throw new Unreadable("a result of HubSpot's has no time in updatedAt");
        }
    }

    @Override
    public ApiRequest write(Account account, Remote remote, Map<String, Value> fields) {
        var properties = new LinkedHashMap<String, Value>();
        fields.forEach((name, value) -> properties.put(name, Value.of(value.isNull() ? "" : value.asText())));
        var uri = account.at("/crm/v3/objects/" + remote.object() + "/" + ApiRequest.encode(remote.id()));
        return ApiRequest.json("PATCH", uri, Value.of(Map.of("properties", Value.of(properties))))
                .bearer(account.token());
    }

    /** A 429 says by its policy name whether the second or the day is used up. */
    @Override
    public Complaint complaint(ApiResponse response) {
        var body = response.jsonOrNull();
        if (response.status() == 429 && "DAILY".equals(body.at("policyName").asText())) {
            return Complaint.QUOTA;
        }
        return response.status() == 423 ? Complaint.RATE : Complaint.ofStatus(response.status());
    }

    @Override
    public Optional<Quota> quota(ApiResponse response) {
        var limit = number(response, "x-hubspot-ratelimit-daily");
        var left = number(response, "x-hubspot-ratelimit-daily-remaining");
        return limit < 0 || left < 0 ? Optional.empty() : Optional.of(new Quota(limit, left));
    }

    private static long number(ApiResponse response, String header) {
        var text = response.header(header).orElse("");
        return text.matches("[0-9]{1,12}") ? Long.parseLong(text) : -1;
    }
}
