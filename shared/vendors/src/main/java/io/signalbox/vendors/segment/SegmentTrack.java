/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.segment;

import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A {@code track} message as an engagement. Events that Segment's specs name have types of their own; any other is
 * {@code track.} and its name in lower case with underscores: {@code Trial Started} is {@code track.trial_started}.
 * Sources: segment.com/docs, "Email Spec" and "Live Chat Spec".
 */
record SegmentTrack(Value message) {

    private static final String OPTED_OUT = "consent.opted_out";

    private static final Map<String, String> NAMED = Map.of(
            "email_delivered", "email.delivered",
            "email_opened", "email.opened",
            "email_link_clicked", "email.clicked",
            "email_bounced", "email.bounced",
            "email_marked_as_spam", "email.marked_as_spam",
            "unsubscribed", OPTED_OUT,
            "form_submitted", "form.submitted");

    private static final List<String> FORM_NAMES = List.of("form_name", "formName", "form_id", "formId", "title");

    private static final int LONGEST = 60;

    String type() {
        var slug = slug();
        return NAMED.getOrDefault(slug, "track." + slug);
    }

    private String slug() {
        var name = message.at("event").asText();
        var slug = new StringBuilder();
        for (var c : (name == null ? "" : name).toLowerCase(Locale.ROOT).toCharArray()) {
            var isPlain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (isPlain) {
                slug.append(c);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '_') {
                slug.append('_');
            }
        }
        var end = slug.length() > 0 && slug.charAt(slug.length() - 1) == '_' ? slug.length() - 1 : slug.length();
        return end == 0 ? "unnamed" : slug.substring(0, Math.min(end, LONGEST));
    }

    Map<String, Value> properties() {
        return type().equals(OPTED_OUT) ? Map.of("unsubscribed", Value.TRUE) : Map.of();
    }

    Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        data.put("event", message.at("event"));
        if (message.at("properties") instanceof Value.Obj(var members)) {
            data.putAll(members);
        }
        if (type().equals("form.submitted") && !data.containsKey("form")) {
            FORM_NAMES.stream()
                    .filter(data::containsKey)
                    .findFirst()
                    .ifPresent(name -> data.put("form", data.get(name)));
        }
        return data;
    }
}
