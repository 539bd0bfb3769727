/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import io.signalbox.queue.EventQueue;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.vendors.Headers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notes refused requests for the owner of the connection, who needs to see why while setting a webhook up.
 *
 * <p>Anybody can cause a refusal, so notes are limited to 20 at once and one a second for each connection and
 * environment, and hold nothing that was sent but its size and a few harmless headers. A note that cannot be sent is
 * dropped: the answer does not depend on it.
 */
final class Refusals {

    private static final int BURST = 20;
    private static final long MILLIS_A_NOTE = 1_000;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_HEADERS = 40;
    private static final int LONGEST = 256;

    private final EventQueue queue;
    private final Map<String, Budget> budgets = new HashMap<>();

    Refusals(EventQueue queue) {
        this.queue = requireNonNull(queue, "queue is null");
    }

    private static final class Budget {
        private long notes = BURST;
        private long countedAt;

        Budget(long now) {
            countedAt = now;
        }

        boolean take(long now) {
            var earned = Math.max(0, now - countedAt) / MILLIS_A_NOTE;
            if (earned > 0 || now < countedAt) {
                notes = Math.min(BURST, notes + earned);
                countedAt = now < countedAt ? now : countedAt + earned * MILLIS_A_NOTE;
            }
            if (notes == 0) {
                return false;
            }
            notes--;
            return true;
        }
    }

    /** Whether the note was sent. */
    boolean note(
            ConnectionId connection,
            HookRequest request,
            Instant now,
            Answer answer,
            String hint,
            String correlationId) {
        if (!mayNote(connection.value(), now.toEpochMilli())) {
            return false;
        }
        try {
            queue.note(new Rejection(
                    connection,
                    now,
                    answer.reason(),
                    hint,
                    answer.status(),
                    request.method(),
                    request.sourceIp(),
                    redacted(request.headers()),
                    request.body().length,
                    correlationId));
            return true;
        } catch (QueueUnavailable e) {
            return false;
        }
    }

    private synchronized boolean mayNote(String connection, long now) {
        if (budgets.size() >= MOST_CONNECTIONS && !budgets.containsKey(connection)) {
            budgets.clear();
        }
        return budgets.computeIfAbsent(connection, _ -> new Budget(now)).take(now);
    }

    private static Map<String, String> redacted(Headers headers) {
        var shown = new TreeMap<String, String>();
        for (var i = 0; i < Math.min(headers.size(), MOST_HEADERS); i++) {
            var name = headers.name(i);
            var value = headers.value(i);
            shown.put(cut(name), isHarmless(name) ? cut(value) : "(" + value.length() + " characters)");
        }
        return shown;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** What a sender says of itself and when it signed; never what it signed with. */
    private static boolean isHarmless(String name) {
        return switch (name) {
            case "user-agent",
                    "content-type",
                    "content-length",
                    "x-hubspot-request-timestamp",
                    "x-hubspot-signature-version",
                    "webhook-timestamp",
                    "svix-timestamp" -> true;
            default -> false;
        };
    }
}
