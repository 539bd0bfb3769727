/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is the same across vendors: an address as an external id of its own, in the name of nobody's connection.
 *
 * <p>An event that says a contact's e-mail address says by that, too, that the contact is the one whom this address
 * names; it is written like a merge, as one more id that is part of the record. So all that holds of merges holds here:
 * two records that were ever given the same address are one, in whatever order that is heard, and a later change of
 * address takes nothing back.
 *
 * <p>The id is a hash, for it stays when a person is erased: what comes late under the address falls on the same stone.
 */
public final class Identity {

    /** Holds ids that stand for e-mail addresses. */
    public static final ConnectionId EMAIL = new ConnectionId("email");

    /** Holds ids that stand for companies' domains. */
    public static final ConnectionId DOMAIN = new ConnectionId("domain");

    /** Marks a record that was split off: no address joins it to another any more. */
    public static final ConnectionId APART = new ConnectionId("apart");

    private static final String DOMAIN_FIELD = "domain";
    private static final int LONGEST_DOMAIN = 253;

    /** Addresses of places, not of people: many share them. */
    private static final Set<String> ROLES = Set.of(
            "abuse",
            "accounting",
            "accounts",
            "admin",
            "billing",
            "bookings",
            "contact",
            "enquiries",
            "finance",
            "hello",
            "help",
            "helpdesk",
            "hi",
            "hr",
            "info",
            "inquiries",
            "invoice",
            "invoices",
            "it",
            "jobs",
            "kontakt",
            "mail",
            "marketing",
            "noreply",
            "no-reply",
            "office",
            "orders",
            "postmaster",
            "press",
            "privacy",
            "purchasing",
            "reception",
            "sales",
            "security",
            "service",
            "support",
            "team",
            "webmaster");

    /** Domains that many companies give as theirs. */
    private static final Set<String> COMMON_DOMAINS = Set.of(
            "aol.com",
            "facebook.com",
            "gmail.com",
            "gmx.de",
            "gmx.net",
            "googlemail.com",
            "hotmail.com",
            "icloud.com",
            "instagram.com",
            "linkedin.com",
            "live.com",
            "msn.com",
            "outlook.com",
            "proton.me",
            "twitter.com",
            "web.de",
            "x.com",
            "yahoo.com");

    private Identity() {}

    /** Whether the id is one of those made here, not a vendor's. */
    public static boolean isOwn(ExternalId id) {
        return isReserved(id.connection());
    }

    /** Whether no connection may have this id. */
    public static boolean isReserved(ConnectionId id) {
        return id.equals(EMAIL) || id.equals(DOMAIN) || id.equals(APART);
    }

    /** Whether the id stands for an address. */
    public static boolean isClaim(ExternalId id) {
        return id.connection().equals(EMAIL) || id.connection().equals(DOMAIN);
    }

    /** Whether the record was split off another one. */
    public static boolean isApart(CrmRecord record) {
        return isApart(record.externalIds());
    }

    /** Whether these are the ids of a record that was split off. */
    public static boolean isApart(Iterable<ExternalId> ids) {
        for (var id : ids) {
            if (id.connection().equals(APART)) {
                return true;
            }
        }
        return false;
    }

    /** The mark of the record that was split off under this id. */
    public static ExternalId apart(RecordId id) {
        return new ExternalId(APART, id.toString());
    }

    /** The event with the address it says among the ids that are part of its record; the event itself if it says none. */
    public static CanonicalEvent claiming(CanonicalEvent event) {
        var claim = claim(event);
        if (claim.isEmpty() || event.merged().contains(claim.get())) {
            return event;
        }
        var merged = new ArrayList<>(event.merged());
        merged.add(claim.get());
        return withMerged(event, merged);
    }

    /** The event with other ids that are part of its record. */
    public static CanonicalEvent withMerged(CanonicalEvent event, List<ExternalId> merged) {
        return new CanonicalEvent(
                event.id(),
                event.type(),
                event.rawType(),
                event.vendor(),
                event.connection(),
                event.object(),
                event.subject(),
                event.time(),
                event.properties(),
                merged,
                event.data());
    }

    private static Optional<ExternalId> claim(CanonicalEvent event) {
        if (event.object().equals(ObjectType.COMPANY)) {
            return domain(text(event.properties(), DOMAIN_FIELD)).map(domain -> id(DOMAIN, domain));
        }
        var address =
                event.subject() instanceof Subject.Keyed(var key) && key.field().equals(UniqueKey.EMAIL)
                        ? key.value()
                        : text(event.properties(), UniqueKey.EMAIL);
        return findsByEmail(event.object())
                ? email(event.object(), address).map(email -> id(EMAIL, email))
                : Optional.empty();
    }

    private static boolean findsByEmail(ObjectType object) {
        return object.equals(ObjectType.CONTACT) || object.equals(ObjectType.LEAD);
    }

    private static String text(Map<String, Value> properties, String name) {
        var value = properties.get(name);
        return value == null ? null : value.asText();
    }

    private static Optional<String> email(ObjectType object, String address) {
        return UniqueKey.email(object, address)
                .map(UniqueKey::value)
                .filter(email -> !ROLES.contains(email.substring(0, email.indexOf('@'))));
    }

    /** The domain without {@code www.}, in lower case; nothing for what is no domain of one company. */
    static Optional<String> domain(String said) {
        if (said == null) {
            return Optional.empty();
        }
        var lower = said.strip().toLowerCase(Locale.ROOT);
        var domain = lower.startsWith("www.") ? lower.substring(4) : lower;
        var dot = domain.indexOf('.');
        var fits = dot > 0
                && dot < domain.length() - 1
                && domain.length() <= LONGEST_DOMAIN
                && domain.chars().noneMatch(c -> c <= ' ' || c == '/' || c == ':' || c == '@');
        return fits && !COMMON_DOMAINS.contains(domain) ? Optional.of(domain) : Optional.empty();
    }

    /** 96 bits of the hash: among a billion addresses, two that clash are one chance in a hundred billion. */
    private static ExternalId id(ConnectionId of, String address) {
        return new ExternalId(of, EventId.of(of.value(), address).value().substring(0, 16));
    }
}
