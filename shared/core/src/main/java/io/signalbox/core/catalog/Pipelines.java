/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.catalog.Pipeline.Stage;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.store.DocumentStore;
import io.signalbox.store.DocumentStore.Document;
import io.signalbox.store.DocumentStore.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Pipelines of deals and tickets. Until somebody changes them there is one, {@code default}, with the stages of the
 * canonical vocabulary; it is written with the first change. All pipelines of an object are one document, so a change of
 * one is a change of all, on the version they were read at. A read is one read unit.
 */
public final class Pipelines {

    private static final String DEFAULT = "default";
    private static final int MOST = 100;

    private final DocumentStore documents;

    public Pipelines(DocumentStore documents) {
        this.documents = requireNonNull(documents, "documents is null");
    }

    /**
     * All pipelines of an object, in their order.
     *
     * @param version 0 as long as they are what everyone begins with
     */
    public record Held(long version, List<Pipeline> pipelines) {
        public Held {
            pipelines = List.copyOf(pipelines);
        }

        public Optional<Pipeline> find(String id) {
            return pipelines.stream()
                    .filter(pipeline -> pipeline.id().equals(id))
                    .findFirst();
        }
    }

    /** Whether records of that type go through stages. */
    public static boolean has(ObjectType object) {
        return object.equals(ObjectType.DEAL) || object.equals(ObjectType.TICKET);
    }

    /** @throws IllegalArgumentException for an object without pipelines */
    public Held get(ObjectType object) {
        check(object);
        return documents
                .get(Kind.PIPELINES, object.name())
                .map(document -> new Held(document.version(), read(document.content())))
                .orElseGet(() -> new Held(0, List.of(initial(object))));
    }

    /**
     * Puts these in the place of those that were read at that version; false when somebody else was first.
     *
     * @throws IllegalArgumentException when there is none, more than {@value #MOST}, or two with one id
     */
    public boolean replace(ObjectType object, long version, List<Pipeline> pipelines) {
        check(object);
        var ids = pipelines.stream().map(Pipeline::id).distinct().count();
        if (pipelines.isEmpty() || pipelines.size() > MOST || ids != pipelines.size()) {
            throw new IllegalArgumentException("an object has 1 to " + MOST + " pipelines, each id once");
        }
        return documents.put(Kind.PIPELINES, new Document(object.name(), version + 1, write(pipelines)));
    }

    private static void check(ObjectType object) {
        if (!has(object)) {
            throw new IllegalArgumentException(object + " has no pipelines");
        }
    }

    private static Pipeline initial(ObjectType object) {
        var names = Schemas.of(object)
                .flatMap(schema -> schema.field("stage"))
                .orElseThrow()
                .values();
        var stages = new ArrayList<Stage>();
        for (var i = 0; i < names.size(); i++) {
            stages.add(initial(names.get(i), i, names.size()));
        }
        return new Pipeline(DEFAULT, "Default", stages);
    }

    /** Open stages share the way from nothing to certainty evenly. */
    private static Stage initial(String name, int place, int of) {
        var label = Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' ');
        return switch (name) {
            case "won", "solved", "closed" -> new Stage(name, label, BigDecimal.ONE, true);
            case "lost" -> new Stage(name, label, BigDecimal.ZERO, true);
            default -> new Stage(name, label, BigDecimal.valueOf(100L * (place + 1) / of, 2), false);
        };
    }

    private static Value write(List<Pipeline> pipelines) {
        var list = new ArrayList<Value>();
        for (var pipeline : pipelines) {
            var stages = new ArrayList<Value>();
            for (var stage : pipeline.stages()) {
                var json = new LinkedHashMap<String, Value>();
                json.put("id", Value.of(stage.id()));
                json.put("label", Value.of(stage.label()));
                json.put("probability", Value.of(stage.probability()));
                json.put("closed", Value.of(stage.isClosed()));
                stages.add(Value.of(json));
            }
            var json = new LinkedHashMap<String, Value>();
            json.put("id", Value.of(pipeline.id()));
            json.put("label", Value.of(pipeline.label()));
            json.put("stages", Value.of(stages));
            list.add(Value.of(json));
        }
        return Value.of(list);
    }

    private static List<Pipeline> read(Value content) {
        var pipelines = new ArrayList<Pipeline>();
        for (var json : items(content)) {
            var stages = new ArrayList<Stage>();
            for (var stage : items(json.at("stages"))) {
                stages.add(new Stage(
                        stage.at("id").asText(),
                        stage.at("label").asText(),
                        new BigDecimal(stage.at("probability").asText()),
                        Value.TRUE.equals(stage.at("closed"))));
            }
            pipelines.add(new Pipeline(json.at("id").asText(), json.at("label").asText(), stages));
        }
        return pipelines;
    }

    private static List<Value> items(Value value) {
        return value instanceof Value.Arr(var items) ? items : List.of();
    }
}
