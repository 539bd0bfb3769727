/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A field that some rule names, as a node in the tree of all of them. A path is the member names on the way: the member
 * {@code "a.b"} and the member {@code b} of {@code a} are two fields.
 */
final class Field {

    final Field parent;
    final String name;
    final Map<String, Field> children = new LinkedHashMap<>();

    private Field(Field parent, String name) {
        this.parent = parent;
        this.name = name;
    }

    static Field root() {
        return new Field(null, "");
    }

    Field child(String childName) {
        var child = children.get(childName);
        if (child == null) {
            child = new Field(this, childName);
            children.put(childName, child);
        }
        return child;
    }
}
