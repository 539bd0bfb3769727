/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What was consumed, in the units that AWS bills. The same run gives the same figure on every machine, which no time
 * does.
 *
 * @param tables units by table, or by {@code table/index} for what an answer gives apart
 * @param sqsRequests requests by action, each 64 KB of payload one
 * @param parameterCalls calls of Parameter Store by action
 */
public record Usage(Map<String, Units> tables, Map<String, Long> sqsRequests, Map<String, Long> parameterCalls) {

    public static final Usage NONE = new Usage(Map.of(), Map.of(), Map.of());

    public Usage {
        tables = Map.copyOf(requireNonNull(tables, "tables is null"));
        sqsRequests = Map.copyOf(requireNonNull(sqsRequests, "sqsRequests is null"));
        parameterCalls = Map.copyOf(requireNonNull(parameterCalls, "parameterCalls is null"));
    }

    /** Write units of 1 KB and read units of 4 KB, in halves where a read was eventually consistent. */
    public record Units(double writes, double reads) {
        static final Units NONE = new Units(0, 0);

        Units plus(Units other) {
            return new Units(writes + other.writes, reads + other.reads);
        }

        Units minus(Units other) {
            return new Units(writes - other.writes, reads - other.reads);
        }
    }

    /** What came on top of an earlier snapshot. */
    public Usage minus(Usage earlier) {
        return new Usage(
                difference(tables, earlier.tables, Units.NONE, Units::minus),
                difference(sqsRequests, earlier.sqsRequests, 0L, (a, b) -> a - b),
                difference(parameterCalls, earlier.parameterCalls, 0L, (a, b) -> a - b));
    }

    private static <T> Map<String, T> difference(
            Map<String, T> now, Map<String, T> earlier, T zero, BinaryOperator<T> minus) {
        var left = new TreeMap<String, T>();
        now.forEach((name, value) -> {
            var grown = minus.apply(value, earlier.getOrDefault(name, zero));
            if (!grown.equals(zero)) {
                left.put(name, grown);
            }
        });
        return left;
    }

    public double writeUnits() {
        return tables.values().stream().mapToDouble(Units::writes).sum();
    }

    public double readUnits() {
        return tables.values().stream().mapToDouble(Units::reads).sum();
    }

    public long sqsTotal() {
        return sqsRequests.values().stream().mapToLong(Long::longValue).sum();
    }
}
