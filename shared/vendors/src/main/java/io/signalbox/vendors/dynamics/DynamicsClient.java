/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Dataverse's Web API, version 9.2 (learn.microsoft.com, "Query data using the Web API"): up to 20 ids a call, as a filter of
 * equalities. An event of more than 256 KB comes without its values, and is read back.
 */
public final class DynamicsClient implements Client {

    private static final Pattern HOST = Pattern.compile(
            "login\\.microsoftonline\\.com|[a-z0-9][a-z0-9-]{0,62}\\.(api\\.)?crm[0-9]{0,2}\\.dynamics\\.com");
    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final ObjectNames NAMES = new ObjectNames(Map.of(
            "contacts", ObjectType.CONTACT,
            "leads", ObjectType.LEAD,
            "accounts", ObjectType.COMPANY,
            "opportunities", ObjectType.DEAL,
            "incidents", ObjectType.TICKET));
    private static final Map<String, String> KEYS = Map.of(
            "contacts", "contactid",
            "leads", "leadid",
            "accounts", "accountid",
            "opportunities", "opportunityid",
            "incidents", "incidentid");

    private final OAuth oauth = new DynamicsOAuth();

    @Override
    public int batchSize() {
        return 20;
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
        return event.properties().isEmpty() && Answers.says(event, Set.of(EventType.CREATED, EventType.UPDATED))
                ? Answers.externalId(event).flatMap(id -> locate(event.object(), id))
                : Optional.empty();
    }

    @Override
    public Optional<Remote> locate(ObjectType object, String id) {
        return GUID.matcher(id).matches() ? NAMES.of(object).map(name -> new Remote(name, id)) : Optional.empty();
    }

    @Override
    public ApiRequest read(Account account, String object, List<String> ids, Set<String> fields) {
        var key = KEYS.getOrDefault(object, "activityid");
        var filter = ids.stream().map(id -> key + " eq " + id).collect(Collectors.joining(" or "));
        var uri = account.at("/api/data/v9.2/" + object + "?" + ApiRequest.encode(Map.of("$filter", filter)));
        return signed(ApiRequest.get(uri), account);
    }

    @Override
    public List<RemoteRecord> records(String object, Value answer) throws Unreadable {
        var key = KEYS.getOrDefault(object, "activityid");
        var records = new ArrayList<RemoteRecord>();
        for (var record : Answers.list(answer, "value")) {
            var id = Ids.text(record.at(key)).orElseThrow(() -> new Unreadable("a record has no " + key));
            var properties = new LinkedHashMap<String, Value>();
            Answers.plain(record, Set.of(key, "modifiedon"))
                    .forEach((name, value) -> named(name).ifPresent(plain -> properties.put(plain, value)));
            records.add(
                    new RemoteRecord(NAMES.type(object), id, Answers.time(record, "modifiedon"), properties, Map.of()));
        }
        return records;
    }

    /** A lookup is {@code _ownerid_value} here and {@code ownerid} in events; annotations are no fields. */
    private static Optional<String> named(String name) {
        if (name.indexOf('@') >= 0) {
            return Optional.empty();
        }
        return name.startsWith("_") && name.endsWith("_value")
                ? Optional.of(name.substring(1, name.length() - "_value".length()))
                : Optional.of(name);
    }

    /** {@code If-Match: *}, for otherwise Dataverse would make a record that is not there. */
    @Override
    public ApiRequest write(Account account, Remote remote, Map<String, Value> fields) {
        var uri = account.at("/api/data/v9.2/" + remote.object() + "(" + remote.id() + ")");
        return signed(ApiRequest.json("PATCH", uri, Value.of(fields)).with("if-match", "*"), account);
    }

    private static ApiRequest signed(ApiRequest request, Account account) {
        return request.bearer(account.token()).with("odata-version", "4.0").with("odata-maxversion", "4.0");
    }
}
