/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Small documents that users define and that are read whole: schemas, pipelines, owners, labels of associations. Each
 * has a version, and is changed on the one it was read at. Reads are strongly consistent. Any call may throw {@link
 * Unavailable}.
 *
 * <p>Cost: a write unit a kilobyte for a change; a read unit for every 4 KB of all documents of a kind.
 */
public interface DocumentStore {

    /** A kind of document, of which there are hundreds at most: {@code schema}, {@code pipeline}. */
    record Kind(String name) {
        private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,30}");

        public static final Kind SCHEMA = new Kind("schema");
        public static final Kind PIPELINES = new Kind("pipelines");
        public static final Kind OWNER = new Kind("owner");
        public static final Kind LABELS = new Kind("labels");

        public Kind {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("kind is not " + NAME + ": " + name);
            }
        }
    }

    /**
     * A document.
     *
     * @param id 1 to 200 characters
     * @param version 1 at first
     */
    record Document(String id, long version, Value content) {
        public Document {
            if (id.isEmpty() || id.length() > 200) {
                throw new IllegalArgumentException("document id has not 1 to 200 characters");
            }
            requireNonNull(content, "content is null");
        }
    }

    /** All of a kind, by id. */
    List<Document> all(Kind kind);

    Optional<Document> get(Kind kind, String id);

    /**
     * Writes it if the one held has the version before, none for version 1; else false. True again for the same call.
     *
     * @throws TooLarge if it takes more than 380 KiB
     */
    boolean put(Kind kind, Document document);

    /** Removes it if it is at that version; false when it is not, or not there. */
    boolean delete(Kind kind, String id, long version);
}
