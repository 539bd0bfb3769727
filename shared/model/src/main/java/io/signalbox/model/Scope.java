/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an API client may do: one resource, read, write or delete, written {@code contacts.read}. None of them includes
 * another. The closed list of scopes that clients are given and tokens carry (RFC 6749 section 3.3).
 */
public enum Scope {
    CONTACTS_READ,
    CONTACTS_WRITE,
    CONTACTS_DELETE,
    LEADS_READ,
    LEADS_WRITE,
    LEADS_DELETE,
    COMPANIES_READ,
    COMPANIES_WRITE,
    COMPANIES_DELETE,
    DEALS_READ,
    DEALS_WRITE,
    DEALS_DELETE,
    ACTIVITIES_READ,
    ACTIVITIES_WRITE,
    ACTIVITIES_DELETE,
    TICKETS_READ,
    TICKETS_WRITE,
    TICKETS_DELETE,
    RAW_EVENTS_READ,
    OBJECTS_READ,
    OBJECTS_WRITE,
    OBJECTS_DELETE,
    SCHEMAS_READ,
    SCHEMAS_WRITE,
    CHANGES_READ,
    PRIVACY_ERASE,
    JOBS_READ,
    CONNECTIONS_READ,
    CONNECTIONS_WRITE,
    ASSOCIATIONS_READ,
    ASSOCIATIONS_WRITE,
    PIPELINES_WRITE,
    OWNERS_READ,
    OWNERS_WRITE,
    USAGE_READ,
    RULES_READ,
    RULES_WRITE;

    private static final Map<String, Scope> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Scope::toString, Function.identity()));

    private final String text;

    Scope() {
        var name = name().toLowerCase(Locale.ROOT);
        var last = name.lastIndexOf('_');
        text = name.substring(0, last) + "." + name.substring(last + 1);
    }

    /** The scope so written, if there is one. */
    public static Optional<Scope> parse(String text) {
        return text == null ? Optional.empty() : Optional.ofNullable(BY_NAME.get(text));
    }

    /** The scopes in a space-separated list; words that are no scope of this list are left out. */
    public static Set<Scope> parseAll(String texts) {
        var found = EnumSet.noneOf(Scope.class);
        for (var text : texts.split(" ")) {
            parse(text).ifPresent(found::add);
        }
        return Collections.unmodifiableSet(found);
    }

    /** The same scopes as they are written, in the order of the list. */
    public static List<String> texts(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::toString).toList();
    }

    /** As it stands in a token: {@code raw_events.read}. */
    @Override
    public String toString() {
        return text;
    }
}
