/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.measure;

import java.util.Collection;

/** The middle of some figures. */
public final class Median {

    private Median() {}

    public static double of(Collection<? extends Number> figures) {
        var sorted = figures.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
