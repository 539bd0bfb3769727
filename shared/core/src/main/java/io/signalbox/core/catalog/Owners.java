/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.store.DocumentStore;
import io.signalbox.store.DocumentStore.Document;
import io.signalbox.store.DocumentStore.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The people that records belong to, by the id that records have in {@code owner_id}. Some hundreds at most. */
public final class Owners {

    private final DocumentStore documents;

    public Owners(DocumentStore documents) {
        this.documents = requireNonNull(documents, "documents is null");
    }

    /**
     * An owner.
     *
     * @param version 1 at first
     * @param isActive whether new records may be given to them
     */
    public record Owner(String id, long version, String name, String email, boolean isActive) {
        public Owner {
            requireNonNull(id, "id is null");
            requireNonNull(name, "name is null");
            requireNonNull(email, "email is null");
        }
    }

    /** All of them, by id. */
    public List<Owner> all() {
        return documents.all(Kind.OWNER).stream().map(Owners::read).toList();
    }

    public Optional<Owner> get(String id) {
        return documents.get(Kind.OWNER, id).map(Owners::read);
    }

    /** Writes it if the one held has the version before, none for version 1; else false. */
    public boolean put(Owner owner) {
        var json = new LinkedHashMap<String, Value>();
        json.put("name", Value.of(owner.name()));
        json.put("email", Value.of(owner.email()));
        json.put("active", Value.of(owner.isActive()));
        return documents.put(Kind.OWNER, new Document(owner.id(), owner.version(), Value.of(json)));
    }

    /** Removes it if it is at that version; records keep the id. */
    public boolean delete(String id, long version) {
        return documents.delete(Kind.OWNER, id, version);
    }

    private static Owner read(Document document) {
        var content = document.content();
        return new Owner(
                document.id(),
                document.version(),
                content.at("name").asText(),
                content.at("email").asText(),
                Value.TRUE.equals(content.at("active")));
    }
}
