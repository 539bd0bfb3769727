/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecation;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.PreviousVersion;
import io.signalbox.model.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said of deprecations with every answer that they concern: {@code Deprecation} (RFC 9745), {@code Sunset} (RFC
 * 8594) of whichever goes first, {@code Link} to the page of each and to the same in the current version. They change
 * nothing else; that is {@link #refuse}.
 */
final class Signals {

    private final Call call;

    /** @param call the one of v3 */
    Signals(Call call) {
        this.call = requireNonNull(call, "call is null");
    }

    /** The headers, added to those there are. */
    Map<String, String> on(Map<String, String> headers, List<Deprecation> items) {
        var all = new LinkedHashMap<>(headers);
        var first = items.stream().min(Comparator.comparing(Deprecation::sunsetAt));
        first.ifPresent(item -> {
            all.put("Deprecation", "@" + item.deprecatedAt().getEpochSecond());
            all.put("Sunset", date(item.sunsetAt()));
            all.merge("Link", links(items), (one, more) -> one + ", " + more);
        });
        return all;
    }

    private String links(List<Deprecation> items) {
        var links = new ArrayList<String>();
        for (var item : items) {
            links.add("<" + page(item) + ">; rel=\"deprecation\"; type=\"text/html\"");
        }
        var path = PreviousVersion.currentPath(call.request().path());
        links.add("<" + call.link(path) + ">; rel=\"successor-version\"");
        return String.join(", ", links);
    }

    private String page(Deprecation item) {
        return call.link("/docs/deprecations/" + item.name());
    }

    /** An HTTP date (RFC 9110 section 5.6.7). */
    static String date(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    /** 410 where the item is away: never 429, which clients wait out, and which would hide it. */
    void refuse(Deprecation item, Instant now) {
        if (!item.isAway(now)) {
            return;
        }
        var brownout = item.brownout(now);
        var message = brownout.isPresent()
                ? item.name() + " is away until " + brownout.get().to() + ", as it will be from " + item.sunsetAt()
                        + " on; use " + item.replacement() + "."
                : item.name() + " went on " + item.sunsetAt() + "; use " + item.replacement() + ".";
        var refusal = Refusal.of(ErrorCode.API_VERSION_SUNSET, message)
                .saying("sunset_at", Value.of(item.sunsetAt().toString()))
                .saying("replacement", Value.of(item.replacement()));
        throw brownout.isPresent()
                ? refusal.saying("brownout_until", Value.of(brownout.get().to().toString()))
                : refusal;
    }
}
