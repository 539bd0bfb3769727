/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Documents in memory: the whole contract. Thread-safe. */
public final class MemoryDocumentStore implements DocumentStore {

    private final Map<Kind, TreeMap<String, Document>> kinds = new HashMap<>();

    private TreeMap<String, Document> of(Kind kind) {
        return kinds.computeIfAbsent(kind, _ -> new TreeMap<>());
    }

    @Override
    public synchronized List<Document> all(Kind kind) {
        return List.copyOf(of(kind).values());
    }

    @Override
    public synchronized Optional<Document> get(Kind kind, String id) {
        return Optional.ofNullable(of(kind).get(id));
    }

    @Override
    public synchronized boolean put(Kind kind, Document document) {
        var held = of(kind).get(document.id());
        if (document.equals(held)) {
            return true;
        }
        if ((held == null ? 0 : held.version()) != document.version() - 1) {
            return false;
        }
        of(kind).put(document.id(), document);
        return true;
    }

    @Override
    public synchronized boolean delete(Kind kind, String id, long version) {
        var held = of(kind).get(id);
        return held != null && held.version() == version && of(kind).remove(id, held);
    }
}
