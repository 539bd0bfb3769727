/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.store.DocumentStore;
import io.signalbox.store.DocumentStore.Document;
import io.signalbox.store.DocumentStore.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What the labels of links between two types of records are called, from either side. All labels of a pair are one
 * document, changed on the version it was read at. A read is one read unit.
 */
public final class Labels {

    private static final int MOST = 100;

    private final DocumentStore documents;

    public Labels(DocumentStore documents) {
        this.documents = requireNonNull(documents, "documents is null");
    }

    /**
     * A label.
     *
     * @param name as links have it
     * @param text what the other record is to the one it is seen from: Employer
     * @param inverse what that one is to the other: Employee
     */
    public record Label(String name, String text, String inverse) {
        public Label {
            requireNonNull(name, "name is null");
            requireNonNull(text, "text is null");
            requireNonNull(inverse, "inverse is null");
        }

        /** As it is seen from the other side. */
        Label turned() {
            return new Label(name, /* text= */ inverse, /* inverse= */ text);
        }
    }

    /** @param version 0 as long as there are none */
    public record Held(long version, List<Label> labels) {
        public Held {
            labels = List.copyOf(labels);
        }
    }

    /** The labels of links from one type to another, as they are seen from the first. */
    public Held get(ObjectType from, ObjectType to) {
        return documents
                .get(Kind.LABELS, id(from, to))
                .map(document -> new Held(document.version(), turned(from, to, read(document.content()))))
                .orElseGet(() -> new Held(0, List.of()));
    }

    /**
     * Puts these in the place of those that were read at that version; false when somebody else was first.
     *
     * @throws IllegalArgumentException when there are more than {@value #MOST}
     */
    public boolean replace(ObjectType from, ObjectType to, long version, List<Label> labels) {
        if (labels.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " labels");
        }
        var content = write(turned(from, to, labels));
        return documents.put(Kind.LABELS, new Document(id(from, to), version + 1, content));
    }

    private static boolean isTurned(ObjectType from, ObjectType to) {
        return from.name().compareTo(to.name()) > 0;
    }

    private static String id(ObjectType from, ObjectType to) {
        return isTurned(from, to) ? to + "/" + from : from + "/" + to;
    }

    private static List<Label> turned(ObjectType from, ObjectType to, List<Label> labels) {
        return isTurned(from, to) ? labels.stream().map(Label::turned).toList() : labels;
    }

    private static Value write(List<Label> labels) {
        var all = new ArrayList<Value>();
        for (var label : labels) {
            var json = new LinkedHashMap<String, Value>();
            json.put("name", Value.of(label.name()));
            json.put("text", Value.of(label.text()));
            json.put("inverse", Value.of(label.inverse()));
            all.add(Value.of(json));
        }
        return Value.of(all);
    }

    private static List<Label> read(Value content) {
        return content instanceof Value.Arr(var items)
                ? items.stream()
                        .map(item -> new Label(
                                item.at("name").asText(),
                                item.at("text").asText(),
                                item.at("inverse").asText()))
                        .toList()
                : List.of();
    }
}
