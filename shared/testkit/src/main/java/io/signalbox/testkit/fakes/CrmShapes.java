/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit.fakes;

import io.signalbox.model.Value;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeApi.Call;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The shapes of the vendors that have a client, but HubSpot, which {@link FakeHubSpot} plays at greater length. */
public final class CrmShapes {

    private CrmShapes() {}

    public static List<CrmShape> all() {
        return List.of(
                new Salesforce(),
                new Zoho(),
                new Dynamics(),
                new LeadShapes.Zendesk(),
                new LeadShapes.Pipedrive(),
                new LeadShapes.Meta(),
                new LeadShapes.LinkedIn());
    }

    static Value json(Object... members) {
        var object = new LinkedHashMap<String, Value>();
        for (var i = 0; i < members.length; i += 2) {
            object.put(
                    (String) members[i],
                    members[i + 1] instanceof Value value ? value : Value.of((String) members[i + 1]));
        }
        return Value.of(object);
    }

    static List<Value> list(Map<String, String> known, BiFunction<String, String, Value> one) {
        var items = new ArrayList<Value>();
        known.forEach((id, email) -> items.add(one.apply(id, email)));
        return items;
    }

    static List<String> ids(Call call) {
        return List.of(call.parameters().getOrDefault("ids", "").split(","));
    }

    /** Times as Salesforce and Meta write them: an offset without a colon. */
    static String plain(Instant time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(time);
    }

    /** REST API Developer Guide, "Composite Batch", "sObject Rows", "Status Codes and Error Responses". */
    private record Salesforce() implements CrmShape {
        private static final int MOST = 25;

        @Override
        public String vendor() {
            return "salesforce";
        }

        @Override
        public String type() {
            return "contact";
        }

        @Override
        public String object() {
            return "Contact";
        }

        @Override
        public String host() {
            return "acme.my.salesforce.com";
        }

        @Override
        public String tokenEndpoint() {
            return host() + "/services/oauth2/token";
        }

        @Override
        public long expiresIn() {
            return 0;
        }

        @Override
        public Map<String, Value> tokenExtras() {
            return Map.of("instance_url", Value.of("https://" + host()), "issued_at", Value.of("1772366400000"));
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("host", host());
        }

        @Override
        public String id(int number) {
            return "003%012dAAA".formatted(number);
        }

        @Override
        public List<String> asked(Call call) {
            var ids = new ArrayList<String>();
            if (call.json().at("batchRequests") instanceof Value.Arr(var requests) && requests.size() <= MOST) {
                for (var request : requests) {
                    var url = request.at("url").asText();
                    ids.add(url.substring(url.lastIndexOf('/') + 1));
                }
            }
            return ids;
        }

        @Override
        public Answer read(Map<String, String> known, List<String> missing, Instant modified) {
            var results = list(
                    known,
                    (id, email) -> json(
                            "statusCode", Value.of(200),
                            "result",
                                    json(
                                            "attributes",
                                            json(
                                                    "type",
                                                    "Contact",
                                                    "url",
                                                    "/services/data/v62.0/sobjects/Contact/" + id),
                                            "Id",
                                            id,
                                            "IsDeleted",
                                            Value.FALSE,
                                            "Email",
                                            email,
                                            "SystemModstamp",
                                            plain(modified, "yyyy-MM-dd'T'HH:mm:ss.SSSxx"))));
            missing.forEach(_ -> results.add(json(
                    "statusCode", Value.of(404),
                    "result",
                            Value.of(List.of(json(
                                    "errorCode", "NOT_FOUND", "message", "The requested resource does not exist"))))));
            return Answer.json(200, json("hasErrors", Value.of(!missing.isEmpty()), "results", Value.of(results)))
                    .with("Sforce-Limit-Info", "api-usage=18/15000");
        }

        @Override
        public Answer tokenRefused() {
            return Answer.json(
                    401,
                    Value.of(
                            List.of(json("message", "Session expired or invalid", "errorCode", "INVALID_SESSION_ID"))));
        }
    }

    /** Zoho CRM API v8, "Get Records", "Status Codes"; errors of the token endpoint come with status 200. */
    private record Zoho() implements CrmShape {
        @Override
        public String vendor() {
            return "zoho";
        }

        @Override
        public String type() {
            return "contact";
        }

        @Override
        public String object() {
            return "Contacts";
        }

        @Override
        public String host() {
            return "www.zohoapis.eu";
        }

        @Override
        public String tokenEndpoint() {
            return "accounts.zoho.eu/oauth/v2/token";
        }

        @Override
        public Map<String, Value> tokenExtras() {
            return Map.of("api_domain", Value.of("https://" + host()));
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("region", "eu");
        }

        @Override
        public String scheme() {
            return "Zoho-oauthtoken ";
        }

        @Override
        public String id(int number) {
            return "5725767%012d".formatted(number);
        }

        @Override
        public List<String> asked(Call call) {
            return ids(call);
        }

        @Override
        public Answer read(Map<String, String> known, List<String> missing, Instant modified) {
            if (known.isEmpty()) {
                return Answer.of(204, "");
            }
            var data = list(
                    known,
                    (id, email) -> json(
                            "id", id, "Email", email, "Modified_Time", plain(modified, "yyyy-MM-dd'T'HH:mm:ssxxx")));
            return Answer.json(200, json("data", Value.of(data), "info", json("more_records", Value.FALSE)));
        }

        @Override
        public Answer tokenRefused() {
            return Answer.json(
                    401,
                    json(
                            "code",
                            "INVALID_TOKEN",
                            "details",
                            json(),
                            "message",
                            "invalid oauth token",
                            "status",
                            "error"));
        }
    }

    /** Dataverse Web API, "Query data using the Web API". */
    private record Dynamics() implements CrmShape {
        @Override
        public String vendor() {
            return "dynamics";
        }

        @Override
        public String type() {
            return "contact";
        }

        @Override
        public String object() {
            return "contacts";
        }

        @Override
        public String host() {
            return "acme.crm4.dynamics.com";
        }

        @Override
        public String tokenEndpoint() {
            return "login.microsoftonline.com/acme.example/oauth2/v2.0/token";
        }

        @Override
        public boolean rotates() {
            return true;
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("tenant", "acme.example", "host", host());
        }

        @Override
        public String id(int number) {
            return "aaaaaaaa-0000-4000-8000-%012d".formatted(number);
        }

        @Override
        public List<String> asked(Call call) {
            var ids = new ArrayList<String>();
            for (var part : call.parameters().getOrDefault("$filter", "").split(" or ")) {
                ids.add(part.substring("contactid eq ".length()));
            }
            return ids;
        }

        @Override
        public Answer read(Map<String, String> known, List<String> missing, Instant modified) {
            var rows = list(
                    known,
                    (id, email) -> json(
                            "@odata.etag",
                            "W/\"1234\"",
                            "contactid",
                            id,
                            "emailaddress1",
                            email,
                            "modifiedon",
                            modified.toString()));
            return Answer.json(
                    200,
                    json(
                            "@odata.context",
                            "https://" + host() + "/api/data/v9.2/$metadata#contacts",
                            "value",
                            Value.of(rows)));
        }

        @Override
        public Answer tokenRefused() {
            return Answer.of(401, "");
        }
    }
}
