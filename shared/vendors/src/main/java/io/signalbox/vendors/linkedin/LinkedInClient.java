/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.linkedin;

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
import io.signalbox.vendors.client.FixedToken;
import io.signalbox.vendors.client.OAuth;
import io.signalbox.vendors.client.Remote;
import io.signalbox.vendors.client.RemoteRecord;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * LinkedIn's Lead Sync API (learn.microsoft.com, "Lead Form Responses"): one response a call. An answer names its question by
 * number; those of LinkedIn's ready-made questions also by name where the answer has one. How that member is called rests on
 * memory: capture one response live and compare. Access by a token; nothing is written.
 */
public final class LinkedInClient implements Client {

    private static final String RESPONSE = "leadFormResponses";
    private static final String URN = "urn:li:leadGenFormResponse:";
    private static final String VERSION = "202509";

    private final OAuth oauth = new FixedToken(URI.create("https://api.linkedin.com"));

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public boolean isOwnHost(String host) {
        return host.equals("api.linkedin.com");
    }

    @Override
    public OAuth oauth() {
        return oauth;
    }

    @Override
    public Optional<Remote> thin(CanonicalEvent event) {
        return event.object().equals(ObjectType.LEAD) && Answers.says(event, Set.of(EventType.CREATED))
                ? Answers.externalId(event).map(id -> new Remote(RESPONSE, id))
                : Optional.empty();
    }

    @Override
    public ApiRequest read(Account account, String object, List<String> ids, Set<String> fields) {
        var id = ids.getFirst().startsWith(URN) ? ids.getFirst().substring(URN.length()) : ids.getFirst();
        return ApiRequest.get(account.at("/rest/" + object + "/" + ApiRequest.encode(id)))
                .bearer(account.token())
                .with("linkedin-version", VERSION)
                .with("x-restli-protocol-version", "2.0.0");
    }

    @Override
    public List<RemoteRecord> records(String object, Value answer) throws Unreadable {
        var id = Ids.text(answer.at("id")).orElseThrow(() -> new Unreadable("the response has no id"));
        var at = Ids.millis(answer.at("submittedAt")).orElseThrow(() -> new Unreadable("the response has no time"));
        var properties = new LinkedHashMap<String, Value>();
        if (answer.at("formResponse").at("answers") instanceof Value.Arr(var answers)) {
            answers.forEach(one -> put(one, properties));
        }
        return List.of(new RemoteRecord(ObjectType.LEAD, id, at, properties, Map.of()));
    }

    private static void put(Value answer, Map<String, Value> properties) {
        var said = answer.at("answerDetails").at("textQuestionAnswer").at("answer");
        var name = Optional.ofNullable(answer.at("name").asText())
                .or(() -> Ids.text(answer.at("questionId")).map(number -> "question_" + number));
        if (said.asText() != null && name.isPresent()) {
            properties.put(name.get(), said);
        }
    }
}
