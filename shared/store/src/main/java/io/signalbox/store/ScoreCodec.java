/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** A record's score in a pack. Times are told from the record's newest event; full hours take 1 or 2 bytes. */
final class ScoreCodec {

    private static final int NONE = 0;
    private static final int HOURS = 1;
    private static final int MILLIS = 2;
    private static final int NANOS = 3;

    private static final long HOUR = 3_600_000;

    private ScoreCodec() {}

    static void write(PackWriter out, Score score, long base) {
        out.decimal(score.value());
        out.decimal(score.fit());
        out.decimal(score.engagement());
        out.symbol(score.label());
        writeTime(out, score.nextChangeAt(), base);
        out.symbol(score.model());
        writeTime(out, Optional.of(score.at()), base);
        out.number(score.reasons().size());
        for (var reason : score.reasons()) {
            out.symbol(reason.rule());
            out.symbol(reason.group());
            out.decimal(reason.points());
            out.signed(reason.count());
            writeTime(out, reason.lastAt(), base);
            out.text(reason.text());
        }
    }

    static Score read(PackReader in, long base) {
        var value = in.decimal();
        var fit = in.decimal();
        var engagement = in.decimal();
        var label = in.symbol();
        var nextChangeAt = readTime(in, base);
        var model = in.symbol();
        var at = readTime(in, base).orElseThrow(() -> new CorruptItem("the score has no time"));
        var count = in.count();
        var reasons = new ArrayList<Score.Reason>(count);
        for (var i = 0; i < count; i++) {
            reasons.add(new Score.Reason(
                    in.symbol(),
                    in.symbol(),
                    in.decimal(),
                    Math.toIntExact(in.signed()),
                    readTime(in, base),
                    in.text()));
        }
        return new Score(value, fit, engagement, label, reasons, nextChangeAt, model, at);
    }

    private static void writeTime(PackWriter out, Optional<Instant> time, long base) {
        if (time.isEmpty()) {
            out.number(NONE);
            return;
        }
        var at = time.get();
        var millis = at.toEpochMilli();
        var nanos = Duration.between(Instant.ofEpochMilli(millis), at).toNanos();
        if (nanos == 0 && Math.floorMod(millis, HOUR) == 0) {
            out.number((PackWriter.zigzag(Math.floorDiv(millis, HOUR) - Math.floorDiv(base, HOUR)) << 2) | HOURS);
        } else {
            out.number(nanos == 0 ? MILLIS : NANOS);
            out.signed(millis - base);
            if (nanos != 0) {
                out.number(nanos);
            }
        }
    }

    private static Optional<Instant> readTime(PackReader in, long base) {
        var head = in.number();
        return switch ((int) head & 3) {
            case HOURS -> {
                var hours = Math.addExact(PackReader.unzigzag(head >>> 2), Math.floorDiv(base, HOUR));
                yield Optional.of(Instant.ofEpochMilli(Math.multiplyExact(hours, HOUR)));
            }
            case MILLIS -> Optional.of(Instant.ofEpochMilli(base + in.signed()));
            case NANOS -> Optional.of(Instant.ofEpochMilli(base + in.signed()).plusNanos(in.small()));
            default -> Optional.empty();
        };
    }
}
