/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Rule sets as a sales organisation grows them: ten that most events have to do with, and any number that each watch one
 * campaign, one account, one town or one amount. An event meets the same few of the ten however many of the others
 * there are, so that a bigger set is asked the same question.
 */
final class RuleSets {

    static final int BROAD = 10;

    private static final List<String> BROAD_RULES = List.of(
            "{\"type\":[\"web.page_view\"]}",
            "{\"type\":[\"web.page_view\"],\"data\":{\"path\":[{\"prefix\":\"/pricing\"}]}}",
            "{\"type\":[\"form.submitted\"],\"data\":{\"form\":[\"demo\",\"contact-sales\"]}}",
            "{\"type\":[\"email.replied\"]}",
            "{\"$or\":[{\"type\":[\"email.unsubscribed\"]},{\"type\":[\"email.bounced\"],\"data\":{\"bounce\":[\"hard\"]}}]}",
            "{\"data\":{\"title\":[{\"wildcard\":{\"equals-ignore-case\":\"*vp *\"}},{\"prefix\":{\"equals-ignore-case\":\"head of\"}}]}}",
            "{\"data\":{\"title\":[{\"wildcard\":{\"equals-ignore-case\":\"*student*\"}}]}}",
            "{\"data\":{\"industry\":[\"Manufacturing\",\"Software\",\"Healthcare\"]}}",
            "{\"data\":{\"employees\":[{\"numeric\":[\">\",200,\"<=\",5000]}]}}",
            "{\"type\":[\"deal.updated\"],\"data\":{\"amount\":[{\"numeric\":[\">\",50000]}]}}");

    private static final List<String> TYPES = List.of(
            "web.page_view",
            "form.submitted",
            "email.replied",
            "email.bounced",
            "contact.updated",
            "deal.updated",
            "lead.created",
            "ticket.created");
    private static final List<String> TITLES = List.of(
            "VP Sales", "Head of IT", "Student", "Engineer", "Chief Buyer", "Accountant", "Team Lead", "Consultant");
    private static final List<String> INDUSTRIES =
            List.of("Software", "Retail", "Healthcare", "Mining", "Media", "Manufacturing", "Education", "Energy");

    private RuleSets() {}

    /** Patterns as JSON text; the first ten are the broad ones. */
    static List<String> rules(int count, RandomGenerator random) {
        var rules = new ArrayList<String>(count);
        for (var i = 0; i < count; i++) {
            rules.add(i < BROAD ? BROAD_RULES.get(i) : narrow(i, random));
        }
        return rules;
    }

    private static String narrow(int i, RandomGenerator random) {
        return switch (i % 8) {
            case 0 -> "{\"type\":[\"form.submitted\"],\"data\":{\"form\":[\"f-%d\"]}}".formatted(i);
            case 1 ->
                "{\"type\":[\"web.page_view\"],\"data\":{\"path\":[{\"prefix\":\"/campaign/%d/\"}]}}".formatted(i);
            case 2 -> "{\"data\":{\"email\":[{\"suffix\":\"@account-%d.example\"}]}}".formatted(i);
            case 3 ->
                "{\"type\":[\"deal.updated\"],\"data\":{\"owner\":[\"o-%d\"],\"amount\":[{\"numeric\":[\">\",%d]}]}}"
                        .formatted(i, random.nextInt(1, 1_000_000));
            case 4 ->
                "{\"data\":{\"amount\":[{\"numeric\":[\">=\",%d,\"<\",%d]}],\"city\":[{\"equals-ignore-case\":\"town %d\"}]}}"
                        .formatted(i * 100L, i * 100L + 100, i);
            case 5 -> "{\"data\":{\"campaign\":[{\"wildcard\":\"*-c%d-*\"}],\"country\":[\"DE\",\"ES\"]}}".formatted(i);
            case 6 -> "{\"type\":[\"lead.created\"],\"data\":{\"zip\":[\"%05d\"]}}".formatted(i);
            default ->
                "{\"data\":{\"amount\":[{\"numeric\":[\">\",%d]}],\"pipeline\":[\"p-%d\"]}}"
                        .formatted(random.nextInt(1, 1_000_000), i);
        };
    }

    /** The condition people write most: more than so much. */
    static String threshold(long cents) {
        return "{\"numeric\":[\">\",%d.%02d]}".formatted(cents / 100, cents % 100);
    }

    /** Events as JSON text, with every field that a rule reads and a few that none does. */
    static List<String> events(int count, RandomGenerator random) {
        var events = new ArrayList<String>(count);
        for (var i = 0; i < count; i++) {
            events.add(event(i, random));
        }
        return events;
    }

    private static String event(int i, RandomGenerator random) {
        var unknown = 1_000_000 + i;
        return """
                {"id":"e-%d","type":"%s","vendor":"hubspot","connection":"main","object":"contact",\
                "data":{"email":"someone.%d@account-%d.example","firstname":"Some","lastname":"One","title":"%s",\
                "industry":"%s","employees":%d,"amount":%d,"owner":"o-%d","city":"Town %d","country":"%s","zip":"%05d",\
                "campaign":"spring-c%d-mail","pipeline":"p-%d","path":"/%s/%d/index.html","form":"%s",\
                "bounce":"%s","phone":"+34 600 000 %03d","website":"https://www.account-%d.example/"}}""".formatted(
                        i,
                        pick(TYPES, random),
                        i,
                        unknown,
                        pick(TITLES, random),
                        pick(INDUSTRIES, random),
                        random.nextInt(1, 10_000),
                        random.nextInt(1, 2_000_000),
                        unknown,
                        unknown,
                        random.nextBoolean() ? "DE" : "FR",
                        random.nextInt(100_000),
                        unknown,
                        unknown,
                        random.nextInt(4) == 0 ? "pricing" : "campaign",
                        unknown,
                        random.nextInt(4) == 0 ? "demo" : "newsletter",
                        random.nextBoolean() ? "hard" : "soft",
                        i % 1_000,
                        unknown);
    }

    private static String pick(List<String> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }
}
