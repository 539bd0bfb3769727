/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.Account;
import io.signalbox.vendors.client.Answers;
import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.ApiResponse;
import io.signalbox.vendors.client.Channels;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Complaint;
import io.signalbox.vendors.client.OAuth;
import io.signalbox.vendors.client.ObjectNames;
import io.signalbox.vendors.client.Remote;
import io.signalbox.vendors.client.RemoteRecord;
import io.signalbox.vendors.fields.FieldTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Zoho CRM's API, version 8 (zoho.com/crm/developer/docs/api/v8, "Get Records" by {@code ids}): up to 100 ids and 50 fields a
 * call; where none of the ids is there, 204 without a body. A notification without {@code affected_values} is read back.
 */
public final class ZohoClient implements Client {

    private static final int MOST_FIELDS = 50;
    private static final Pattern HOST = Pattern.compile(
            "(accounts\\.zoho|www\\.zohoapis)\\.(com|eu|in|com\\.au|com\\.cn|jp|sa)|(accounts|www)\\.zohocloud\\.ca|www\\.zohoapis\\.ca");
    private static final ObjectNames NAMES = new ObjectNames(Map.of(
            "Contacts", ObjectType.CONTACT,
            "Leads", ObjectType.LEAD,
            "Accounts", ObjectType.COMPANY,
            "Deals", ObjectType.DEAL,
            "Cases", ObjectType.TICKET,
            "Tasks", ObjectType.ACTIVITY,
            "Events", ObjectType.ACTIVITY,
            "Calls", ObjectType.ACTIVITY));
    private static final Map<String, String> KINDS = Map.of("task", "Tasks", "meeting", "Events", "call", "Calls");

    private final OAuth oauth = new ZohoOAuth();

    @Override
    public int batchSize() {
        return 100;
    }

    @Override
    public boolean isOwnHost(String host) {
        return HOST.matcher(host).matches();
    }

    @Override
    public OAuth oauth() {
        return oauth;
    }

    @Override
    public Optional<Channels> channels() {
        return Optional.of(new ZohoChannels());
    }

    @Override
    public Optional<Remote> thin(CanonicalEvent event) {
        var says = event.properties().isEmpty()
                && Answers.says(event, Set.of(EventType.CREATED, EventType.UPDATED, "stage_changed", "converted"));
        if (!says) {
            return Optional.empty();
        }
        var kind = event.data().getOrDefault("kind", Value.NULL).asText();
        var module = kind == null ? NAMES.of(event.object()) : Optional.ofNullable(KINDS.get(kind));
        return Answers.externalId(event).flatMap(id -> module.map(name -> new Remote(name, id)));
    }

    @Override
    public Optional<Remote> locate(ObjectType object, String id) {
        return object.equals(ObjectType.ACTIVITY)
                ? Optional.empty()
                : NAMES.of(object).map(name -> new Remote(name, id));
    }

    @Override
    public ApiRequest read(Account account, String object, List<String> ids, Set<String> fields) {
        var names = new TreeSet<>(fields);
        names.add("Modified_Time");
        for (var field : FieldTable.beside(ZohoClient.class).fieldsOf(NAMES.type(object))) {
            names.add(field.endsWith(".id") ? field.substring(0, field.length() - 3) : field);
        }
        var query = new LinkedHashMap<String, String>();
        query.put("ids", String.join(",", ids));
        query.put("fields", names.stream().limit(MOST_FIELDS).collect(Collectors.joining(",")));
        return signed(ApiRequest.get(account.at("/crm/v8/" + object + "?" + ApiRequest.encode(query))), account);
    }

    @Override
    public List<RemoteRecord> records(String object, Value answer) throws Unreadable {
        if (answer.isNull()) {
            return List.of();
        }
        var records = new ArrayList<RemoteRecord>();
        for (var record : Answers.list(answer, "data")) {
            var id = Ids.text(record.at("id")).orElseThrow(() -> new Unreadable("a record has no id"));
            var properties = Answers.plain(record, Set.of("id", "Modified_Time"));
            if (record instanceof Value.Obj(var members)) {
                members.forEach((name, value) -> {
                    if (value.at("id").asText() != null) {
                        properties.put(name, value.at("name"));
                        properties.put(name + ".id", value.at("id"));
                    }
                });
            }
            records.add(new RemoteRecord(
                    NAMES.type(object), id, Answers.time(record, "Modified_Time"), properties, Map.of()));
        }
        return records;
    }

    @Override
    public ApiRequest write(Account account, Remote remote, Map<String, Value> fields) {
        var uri = account.at("/crm/v8/" + remote.object() + "/" + ApiRequest.encode(remote.id()));
        var body = Value.of(Map.of("data", Value.of(List.of(Value.of(fields)))));
        return signed(ApiRequest.json("PUT", uri, body), account);
    }

    private static ApiRequest signed(ApiRequest request, Account account) {
        return request.with("authorization", "Zoho-oauthtoken " + account.token());
    }

    /** Zoho answers 401 for a missing scope too, and tells by {@code code} (docs, "Status Codes"). */
    @Override
    public Complaint complaint(ApiResponse response) {
        var code = response.jsonOrNull().at("code").asText();
        return switch (code == null ? "" : code) {
            case "OAUTH_SCOPE_MISMATCH", "NO_PERMISSION" -> Complaint.SCOPE;
            case "INVALID_TOKEN", "AUTHENTICATION_FAILURE" -> Complaint.TOKEN;
            case "TOO_MANY_REQUESTS", "API_LIMIT_EXCEEDED" -> Complaint.RATE;
            default -> Complaint.ofStatus(response.status());
        };
    }
}
