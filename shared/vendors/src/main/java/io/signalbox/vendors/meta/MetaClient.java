/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.meta;

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
import io.signalbox.vendors.client.FixedToken;
import io.signalbox.vendors.client.OAuth;
import io.signalbox.vendors.client.Remote;
import io.signalbox.vendors.client.RemoteRecord;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Meta's Graph API, for leads (developers.facebook.com, "Retrieving leads", "Multiple IDs"): a notification has ids alone, the
 * answers of the form are in {@code field_data}. Access by a page's token. A lead never changes, and nothing is written to it.
 */
public final class MetaClient implements Client {

    private static final String LEAD = "lead";
    private static final String FIELDS = "id,created_time,ad_id,form_id,field_data";

    private final OAuth oauth = new FixedToken(URI.create("https://graph.facebook.com/v25.0"));

    @Override
    public int batchSize() {
        return 50;
    }

    @Override
    public boolean isOwnHost(String host) {
        return host.equals("graph.facebook.com");
    }

    @Override
    public OAuth oauth() {
        return oauth;
    }

    @Override
    public Optional<Remote> thin(CanonicalEvent event) {
        return event.object().equals(ObjectType.LEAD) && Answers.says(event, Set.of(EventType.CREATED))
                ? Answers.externalId(event).map(id -> new Remote(LEAD, id))
                : Optional.empty();
    }

    @Override
    public ApiRequest read(Account account, String object, List<String> ids, Set<String> fields) {
        var query = new LinkedHashMap<String, String>();
        query.put("ids", String.join(",", ids));
        query.put("fields", FIELDS);
        return ApiRequest.get(account.at("/?" + ApiRequest.encode(query))).bearer(account.token());
    }

    @Override
    public List<RemoteRecord> records(String object, Value answer) throws Unreadable {
        if (!(answer instanceof Value.Obj(var leads))) {
            throw new Unreadable("the answer is no object of leads");
        }
        var records = new ArrayList<RemoteRecord>();
        for (var lead : leads.values()) {
            var id = Ids.text(lead.at("id")).orElseThrow(() -> new Unreadable("a lead has no id"));
            var properties = Answers.plain(lead, Set.of("id", "created_time"));
            if (lead.at("field_data") instanceof Value.Arr(var answers)) {
                answers.forEach(one -> put(one, properties));
            }
            records.add(
                    new RemoteRecord(ObjectType.LEAD, id, Answers.time(lead, "created_time"), properties, Map.of()));
        }
        return records;
    }

    private static void put(Value answer, Map<String, Value> properties) {
        if (answer.at("name") instanceof Value.Text(var name)
                && answer.at("values") instanceof Value.Arr(var values)
                && !values.isEmpty()) {
            properties.put(name, values.size() == 1 ? values.getFirst() : Value.of(values));
        }
    }

    /** By {@code error.code} (developers.facebook.com, "Handling errors"); the status is mostly 400. */
    @Override
    public Complaint complaint(ApiResponse response) {
        var code = response.jsonOrNull().at("error").at("code").asText();
        if (code == null) {
            return Complaint.ofStatus(response.status());
        }
        return switch (code) {
            case "190", "102" -> Complaint.TOKEN;
            case "4", "17", "32", "613", "80005" -> Complaint.RATE;
            case "1", "2" -> Complaint.TROUBLE;
            case "3", "10", "200" -> Complaint.SCOPE;
            default -> Complaint.ofStatus(response.status());
        };
    }
}
