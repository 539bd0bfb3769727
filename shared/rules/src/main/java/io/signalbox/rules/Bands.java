/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.List;

/** From points to a letter or digit. */
record Bands(List<Band> descending) {

    /** @param from the lowest value in the band, in tenths; 0 for the last */
    record Band(String name, long from) {}

    Bands {
        descending = List.copyOf(descending);
    }

    Band of(double tenths) {
        for (var band : descending) {
            if (tenths >= band.from) {
                return band;
            }
        }
        return descending.getLast();
    }
}
