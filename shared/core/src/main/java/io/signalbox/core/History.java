/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Journal.Position;
import io.signalbox.model.EventId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of a record's history, the newest handled first; events of records that were merged into it among them.
 *
 * @param entries each event and the record it was about when it came
 * @param next where the next page starts; empty on the last
 */
public record History(List<Segment.Entry> entries, Optional<Cursor> next) {

    public History {
        entries = List.copyOf(entries);
        requireNonNull(next, "next is null");
    }

    /** A place in a history. It stays good while records change; {@link #toString} and {@link #parse} carry it. */
    public static final class Cursor {
        private static final Pattern FORM = Pattern.compile("(\\d{1,4})((?:;[0-9a-f]{20},[a-z0-9_]{1,63},\\d{1,16})+)");

        private final int skip;
        private final List<Position> from;

        /** @param skip how many events of the first position were on earlier pages */
        private Cursor(int skip, List<Position> from) {
            this.skip = skip;
            this.from = List.copyOf(from);
        }

        /** The cursor that was so written; nothing when it is none. */
        public static Optional<Cursor> parse(String text) {
            var match = FORM.matcher(text);
            if (!match.matches()) {
                return Optional.empty();
            }
            var from = new ArrayList<Position>();
            for (var position : match.group(2).substring(1).split(";")) {
                var part = position.split(",");
                var id = RecordId.parse(part[2]);
                if (id.isEmpty() || !Character.isLetter(part[1].charAt(0))) {
                    return Optional.empty();
                }
                from.add(new Position(new SegmentId(part[0]), new RecordKey(new ObjectType(part[1]), id.get())));
            }
            return Optional.of(new Cursor(Integer.parseInt(match.group(1)), from));
        }

        @Override
        public String toString() {
            return skip
                    + from.stream()
                            .map(position -> ";" + position.segment() + ","
                                    + position.record().object() + ","
                                    + position.record().id())
                            .collect(Collectors.joining());
        }
    }

    static History read(Journal journal, Journal.Walk start, int limit) {
        return read(journal, start, 0, limit);
    }

    static History read(Journal journal, Cursor cursor, int limit) {
        return read(journal, new Journal.Walk(cursor.from), cursor.skip, limit);
    }

    private static History read(Journal journal, Journal.Walk walk, int skip, int limit) {
        var page = new ArrayList<Segment.Entry>();
        var seen = new HashSet<EventId>();
        var skipping = skip;
        while (true) {
            var here = walk.positions();
            var step = journal.next(walk);
            if (step.isEmpty()) {
                return new History(page, Optional.empty());
            }
            var entries = step.get().entries().reversed();
            for (var i = skipping; i < entries.size(); i++) {
                if (page.size() == limit) {
                    return new History(page, Optional.of(new Cursor(i, here)));
                }
                // A merge that was cut short and taken up again stands in two segments.
                if (seen.add(entries.get(i).event().id())) {
                    page.add(entries.get(i));
                }
            }
            skipping = 0;
        }
    }
}
