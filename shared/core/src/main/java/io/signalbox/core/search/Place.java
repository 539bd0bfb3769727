/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import io.signalbox.model.RecordId;
import io.signalbox.store.FeedToken;
import io.signalbox.store.IndexStore.Position;
import java.util.Optional;

/** Where a search has come to, as its cursor has it. */
sealed interface Place {

    /**
     * In an index; the value is empty where records come by id.
     *
     * @param alternative of the filter
     * @param clause of that alternative, whose index it is
     */
    record Indexed(int alternative, int clause, Position position) implements Place {
        /** Where there is one index only. */
        static Indexed of(Position position) {
            return new Indexed(0, 0, position);
        }
    }

    /** On the way back through the change feed. */
    record Fed(FeedToken token) implements Place {}

    default String text() {
        return switch (this) {
            case Indexed(var alternative, var clause, var position) ->
                "k" + alternative + "." + clause + ":" + position.id() + ":" + position.value();
            case Fed(var token) -> "f" + token.text();
        };
    }

    /** @throws IllegalArgumentException when it is no place */
    static Place parse(String text) {
        if (text.startsWith("f")) {
            return FeedToken.parse(text.substring(1)).map(Fed::new).orElseThrow(() -> wrong(text));
        }
        var parts = text.split(":", 3);
        var id = parts.length == 3 ? RecordId.parse(parts[1]) : Optional.<RecordId>empty();
        if (id.isEmpty() || !parts[0].matches("k\\d{1,3}\\.\\d{1,3}")) {
            throw wrong(text);
        }
        var dot = parts[0].indexOf('.');
        return new Indexed(
                Integer.parseInt(parts[0].substring(1, dot)),
                Integer.parseInt(parts[0].substring(dot + 1)),
                new Position(parts[2], id.get()));
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("not a place in a search: " + text);
    }
}
