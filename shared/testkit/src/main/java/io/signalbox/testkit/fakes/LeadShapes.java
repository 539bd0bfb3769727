/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit.fakes;

import static io.signalbox.testkit.fakes.CrmShapes.ids;
import static io.signalbox.testkit.fakes.CrmShapes.json;
import static io.signalbox.testkit.fakes.CrmShapes.list;
import static io.signalbox.testkit.fakes.CrmShapes.plain;

import io.signalbox.model.Value;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeApi.Call;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shapes of the vendors of people and leads. */
final class LeadShapes {

    private LeadShapes() {}

    /** Support API, "Show Many Users"; each refresh ends both tokens that were before. */
    record Zendesk() implements CrmShape {
        @Override
        public String vendor() {
            return "zendesk";
        }

        @Override
        public String type() {
            return "contact";
        }

        @Override
        public String object() {
            return "users";
        }

        @Override
        public String host() {
            return "acme.zendesk.com";
        }

        @Override
        public String tokenEndpoint() {
            return host() + "/oauth/tokens";
        }

        @Override
        public boolean rotates() {
            return true;
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("subdomain", "acme");
        }

        @Override
        public List<String> asked(Call call) {
            return ids(call);
        }

        @Override
        public Answer read(Map<String, String> known, List<String> missing, Instant modified) {
            var users = list(
                    known,
                    (id, email) -> json(
                            "id",
                            Value.of(Long.parseLong(id)),
                            "url",
                            "https://" + host() + "/api/v2/users/" + id + ".json",
                            "email",
                            email,
                            "updated_at",
                            modified.toString()));
            return Answer.json(200, json("users", Value.of(users), "count", Value.of(users.size())));
        }

        @Override
        public Answer tokenRefused() {
            return Answer.json(
                    401, json("error", "invalid_token", "error_description", "The access token provided is expired"));
        }
    }

    /** API v2, "Get all persons"; the app proves itself by HTTP Basic. */
    record Pipedrive() implements CrmShape {
        @Override
        public String vendor() {
            return "pipedrive";
        }

        @Override
        public String type() {
            return "contact";
        }

        @Override
        public String object() {
            return "persons";
        }

        @Override
        public String host() {
            return "acme.pipedrive.com";
        }

        @Override
        public String tokenEndpoint() {
            return "oauth.pipedrive.com/oauth/token";
        }

        @Override
        public Map<String, Value> tokenExtras() {
            return Map.of("api_domain", Value.of("https://" + host()));
        }

        @Override
        public List<String> asked(Call call) {
            return ids(call);
        }

        @Override
        public Answer read(Map<String, String> known, List<String> missing, Instant modified) {
            var persons = list(
                    known,
                    (id, email) -> json(
                            "id", Value.of(Long.parseLong(id)),
                            "emails", Value.of(List.of(json("value", email, "primary", Value.TRUE, "label", "work"))),
                            "update_time", modified.toString()));
            return Answer.json(200, json("success", Value.TRUE, "data", Value.of(persons)));
        }

        @Override
        public Answer tokenRefused() {
            return Answer.json(401, json("success", Value.FALSE, "error", "unauthorized access"));
        }
    }

    /** Graph API, "Retrieving leads", "Multiple IDs", "Handling errors": one lead that is not there fails the whole call. */
    record Meta() implements CrmShape {
        @Override
        public String vendor() {
            return "meta";
        }

        @Override
        public String type() {
            return "lead";
        }

        @Override
        public String object() {
            return "leads";
        }

        @Override
        public String host() {
            return "graph.facebook.com";
        }

        @Override
        public List<String> asked(Call call) {
            return ids(call);
        }

        private static Answer error(int code, String message) {
            return Answer.json(
                    400, json("error", json("message", message, "type", "OAuthException", "code", Value.of(code))));
        }

        @Override
        public Answer read(Map<String, String> known, List<String> missing, Instant modified) {
            if (!missing.isEmpty()) {
                return error(100, "Unsupported get request. Object with this id does not exist");
            }
            var leads = new LinkedHashMap<String, Value>();
            known.forEach((id, email) -> leads.put(
                    id,
                    json(
                            "id", id,
                            "created_time", plain(modified, "yyyy-MM-dd'T'HH:mm:ssxx"),
                            "field_data",
                                    Value.of(List.of(
                                            json("name", "email", "values", Value.of(List.of(Value.of(email)))))))));
            return Answer.json(200, Value.of(leads));
        }

        @Override
        public Answer tokenRefused() {
            return error(190, "Error validating access token");
        }

        @Override
        public Answer slowDown() {
            return error(4, "Application request limit reached").with("Retry-After", "7");
        }
    }

    /** Lead Sync API, "Lead Form Responses": one response a call. */
    record LinkedIn() implements CrmShape {
        @Override
        public String vendor() {
            return "linkedin";
        }

        @Override
        public String type() {
            return "lead";
        }

        @Override
        public String object() {
            return "leadFormResponses";
        }

        @Override
        public String host() {
            return "api.linkedin.com";
        }

        @Override
        public List<String> asked(Call call) {
            return List.of(call.path().substring(call.path().lastIndexOf('/') + 1));
        }

        @Override
        public Answer read(Map<String, String> known, List<String> missing, Instant modified) {
            if (known.isEmpty()) {
                return Answer.json(404, json("status", Value.of(404), "code", "NOT_FOUND"));
            }
            var id = known.keySet().iterator().next();
            var answer = json(
                    "questionId", Value.of(1),
                    "name", "emailAddress",
                    "answerDetails", json("textQuestionAnswer", json("answer", known.get(id))));
            return Answer.json(
                    200,
                    json(
                            "id", id,
                            "submittedAt", Value.of(modified.toEpochMilli()),
                            "formResponse", json("answers", Value.of(List.of(answer)))));
        }

        @Override
        public Answer tokenRefused() {
            return Answer.json(401, json("status", Value.of(401), "code", "EXPIRED_ACCESS_TOKEN"));
        }
    }
}
