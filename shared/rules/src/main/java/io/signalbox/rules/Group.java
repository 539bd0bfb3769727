/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

/**
 * Rules whose points are limited together. Points are in tenths throughout the engine, so that those of fit rules add
 * up exactly.
 *
 * @param halfLifeMillis time in which a point of engagement fades to half; 0 for a group of fit rules
 * @param min tenths, at most 0
 * @param max tenths, at least 0
 */
record Group(String id, long halfLifeMillis, long min, long max) {

    boolean fades() {
        return halfLifeMillis > 0;
    }

    double clip(double tenths) {
        return Math.clamp(tenths, (double) min, (double) max);
    }

    /** What an event at {@code from} is still worth at {@code to}: 1 at once and before, half after a half-life. */
    double weight(long from, long to) {
        return to <= from ? 1 : Math.pow(2, -(double) (to - from) / halfLifeMillis);
    }
}
