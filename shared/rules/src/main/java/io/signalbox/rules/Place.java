/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

/**
 * Where in a document the reader is. Costs one object a level; text is made only when something is wrong there.
 *
 * @param parent null at the root
 * @param step the member's name or the item's index
 * @param named whether the step names a field of the event, and so belongs in {@link #field()}
 */
record Place(Place parent, String step, boolean named) {

    static final Place ROOT = new Place(null, "", false);

    Place field(String name) {
        return new Place(this, name, true);
    }

    Place member(String name) {
        return new Place(this, name, false);
    }

    Place item(int index) {
        return new Place(this, Integer.toString(index), false);
    }

    String pointer() {
        return parent == null
                ? ""
                : parent.pointer() + "/" + step.replace("~", "~0").replace("/", "~1");
    }

    /** The path in the event, with dots: {@code data.amount}; empty at the root. */
    String field() {
        if (parent == null) {
            return "";
        }
        var above = parent.field();
        return !named ? above : above.isEmpty() ? step : above + "." + step;
    }
}
