/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

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
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Complaint;
import io.signalbox.vendors.client.OAuth;
import io.signalbox.vendors.client.ObjectNames;
import io.signalbox.vendors.client.Quota;
import io.signalbox.vendors.client.Remote;
import io.signalbox.vendors.client.RemoteRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Salesforce's REST API, version 62 ("REST API Developer Guide", Composite Batch and sObject Rows). Up to 25 records in one
 * call that counts once, with every field the user may see, so that no field has to be named. Gap events say that records
 * changed and not how: these are read back.
 */
public final class SalesforceClient implements Client {

    private static final String VERSION = "v62.0";
    private static final Pattern HOST = Pattern.compile(
            "(login|test)\\.salesforce\\.com|[a-z0-9-]+(\\.(sandbox|develop|scratch|demo|patch|trailblaze))?\\.my\\.salesforce\\.com");
    private static final Pattern USAGE = Pattern.compile(".*api-usage=([0-9]{1,12})/([0-9]{1,12}).*");
    private static final ObjectNames NAMES = new ObjectNames(Map.of(
            "Contact", ObjectType.CONTACT,
            "Lead", ObjectType.LEAD,
            "Account", ObjectType.COMPANY,
            "Opportunity", ObjectType.DEAL,
            "Case", ObjectType.TICKET,
            "Task", ObjectType.ACTIVITY,
            "Event", ObjectType.ACTIVITY));

    private final OAuth oauth = new SalesforceOAuth();

    @Override
    public int batchSize() {
        return 25;
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
    public Optional<Remote> thin(CanonicalEvent event) {
        var isGap = Value.TRUE.equals(event.data().get("is_gap"));
        return !isGap || Answers.says(event, Set.of(EventType.DELETED))
                ? Optional.empty()
                : Answers.externalId(event).flatMap(id -> named(event).map(name -> new Remote(name, id)));
    }

    private static Optional<String> named(CanonicalEvent event) {
        var kind = event.data().getOrDefault("kind", Value.NULL).asText();
        return "meeting".equals(kind)
                ? Optional.of("Event")
                : "task".equals(kind) ? Optional.of("Task") : NAMES.of(event.object());
    }

    @Override
    public Optional<Remote> locate(ObjectType object, String id) {
        return object.equals(ObjectType.ACTIVITY)
                ? Optional.empty()
                : NAMES.of(object).map(name -> new Remote(name, id));
    }

    @Override
    public ApiRequest read(Account account, String object, List<String> ids, Set<String> fields) {
        var requests = ids.stream()
                .map(id -> Value.of(Map.of(
                        "method", Value.of("GET"),
                        "url", Value.of(VERSION + "/sobjects/" + object + "/" + ApiRequest.encode(id)))))
                .toList();
        var uri = account.at("/services/data/" + VERSION + "/composite/batch");
        return ApiRequest.json("POST", uri, Value.of(Map.of("batchRequests", Value.of(requests))))
                .bearer(account.token());
    }

    @Override
    public List<RemoteRecord> records(String object, Value answer) throws Unreadable {
        var records = new ArrayList<RemoteRecord>();
        for (var result : Answers.list(answer, "results")) {
            var record = result.at("result");
            if (Value.of(200).equals(result.at("statusCode"))) {
                var id = Ids.text(record.at("Id")).orElseThrow(() -> new Unreadable("a record has no Id"));
                var properties = Answers.plain(record, Set.of("Id", "SystemModstamp", "IsDeleted"));
                records.add(new RemoteRecord(
                        NAMES.type(object),
                        id,
                        Answers.time(record, "SystemModstamp"),
                        properties,
                        SObjects.data(object, properties)));
            }
        }
        return records;
    }

    @Override
    public ApiRequest write(Account account, Remote remote, Map<String, Value> fields) {
        var uri = account.at(
                "/services/data/" + VERSION + "/sobjects/" + remote.object() + "/" + ApiRequest.encode(remote.id()));
        return ApiRequest.json("PATCH", uri, Value.of(fields)).bearer(account.token());
    }

    @Override
    public Complaint complaint(ApiResponse response) {
        var said = response.jsonOrNull() instanceof Value.Arr(var errors) && !errors.isEmpty()
                ? String.valueOf(errors.getFirst().at("errorCode").asText())
                : "";
        return switch (said) {
            case "REQUEST_LIMIT_EXCEEDED" -> Complaint.QUOTA;
            case "SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW" -> Complaint.TROUBLE;
            case "INVALID_SESSION_ID" -> Complaint.TOKEN;
            default -> Complaint.ofStatus(response.status());
        };
    }

    @Override
    public Optional<Quota> quota(ApiResponse response) {
        var usage = USAGE.matcher(response.header("sforce-limit-info").orElse(""));
        if (!usage.matches()) {
            return Optional.empty();
        }
        var limit = Long.parseLong(usage.group(2));
        return Optional.of(new Quota(limit, Math.max(0, limit - Long.parseLong(usage.group(1)))));
    }
}
