/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.VendorId;
import io.signalbox.vendors.calendly.Calendly;
import io.signalbox.vendors.dynamics.Dynamics;
import io.signalbox.vendors.gong.Gong;
import io.signalbox.vendors.hmac.HmacDoor;
import io.signalbox.vendors.hubspot.HubSpot;
import io.signalbox.vendors.intercom.Intercom;
import io.signalbox.vendors.linkedin.LinkedIn;
import io.signalbox.vendors.mailchimp.Mailchimp;
import io.signalbox.vendors.marketo.Marketo;
import io.signalbox.vendors.meta.MetaLeadAds;
import io.signalbox.vendors.pipedrive.Pipedrive;
import io.signalbox.vendors.salesforce.Salesforce;
import io.signalbox.vendors.segment.Segment;
import io.signalbox.vendors.slack.Slack;
import io.signalbox.vendors.standard.StandardWebhooks;
import io.signalbox.vendors.typeform.Typeform;
import io.signalbox.vendors.zendesk.Zendesk;
import io.signalbox.vendors.zoho.Zoho;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The vendors there are. A new one is a package with an implementation of {@link Vendor} and its id twice here.
 *
 * <p>A switch and not a service loader: a cold start loads the one vendor that it is asked for.
 */
public final class Vendors {

    private static final List<String> IDS = List.of(
            "hubspot",
            "salesforce",
            "zoho",
            "dynamics",
            // one a line, in the order they are documented
            "zendesk",
            "pipedrive",
            "segment",
            "mailchimp",
            "meta",
            "linkedin",
            "gong",
            "intercom",
            "slack",
            "typeform",
            "calendly",
            "marketo",
            "hmac",
            "standard");

    private static final Map<String, Vendor> MADE = new ConcurrentHashMap<>();

    private Vendors() {}

    private static Vendor make(String id) {
        return switch (id) {
            case "hubspot" -> new HubSpot();
            case "salesforce" -> new Salesforce();
            case "zoho" -> new Zoho();
            case "dynamics" -> new Dynamics();
            case "zendesk" -> new Zendesk();
            case "pipedrive" -> new Pipedrive();
            case "segment" -> new Segment();
            case "mailchimp" -> new Mailchimp();
            case "meta" -> new MetaLeadAds();
            case "linkedin" -> new LinkedIn();
            case "gong" -> new Gong();
            case "intercom" -> new Intercom();
            case "slack" -> new Slack();
            case "typeform" -> new Typeform();
            case "calendly" -> new Calendly();
            case "marketo" -> new Marketo();
            case "hmac" -> new HmacDoor();
            case "standard" -> new StandardWebhooks();
            default -> null;
        };
    }

    /** All of them, in the order they are documented. */
    public static List<Vendor> all() {
        return IDS.stream().map(id -> find(id).orElseThrow()).toList();
    }

    public static Optional<Vendor> find(VendorId id) {
        return find(id.value());
    }

    /** The vendor of that id, whatever the text is. */
    public static Optional<Vendor> find(String id) {
        return Optional.ofNullable(MADE.computeIfAbsent(id, Vendors::make));
    }

    /** The vendors as the README shows them: a Markdown table with its heading, one row each. */
    public static String markdownTable() {
        var table = new StringBuilder("""
                | vendor | id | signature | same event when | handshake | answers within | experimental |
                |---|---|---|---|---|---|---|
                """);
        for (var vendor : all()) {
            table.append("| [")
                    .append(vendor.displayName())
                    .append("](")
                    .append(vendor.documentation())
                    .append(") | `")
                    .append(vendor.id())
                    .append("` | ")
                    .append(vendor.signing())
                    .append(" | ")
                    .append(vendor.identity())
                    .append(" | ")
                    .append(vendor.handshake())
                    .append(" | ")
                    .append(vendor.deadline()
                            .map(each -> each.toSeconds() + " s")
                            .orElse("not said"))
                    .append(" | ")
                    .append(vendor.unconfirmed().isEmpty() ? "no" : "yes")
                    .append(" |\n");
        }
        return table.toString();
    }
}
