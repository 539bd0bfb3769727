/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.versions;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What has changed in the API, the newest first; the table is {@code changelog.json}. */
public record Changelog(List<Entry> entries) {

    private static final String FILE = "changelog.json";

    /** What kind of change it is. */
    public enum Kind {
        ADDED,
        CHANGED,
        DEPRECATED,
        REMOVED
    }

    /**
     * A change.
     *
     * @param id names it for good
     * @param text plain, a sentence or more
     * @param path where there is more, on this instance
     */
    public record Entry(String id, Instant publishedAt, Kind kind, String title, String text, String path) {
        public Entry {
            requireNonNull(id, "id is null");
            requireNonNull(publishedAt, "publishedAt is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(title, "title is null");
            requireNonNull(text, "text is null");
            requireNonNull(path, "path is null");
        }
    }

    public Changelog {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a changelog has an entry");
        }
    }

    /** That of the file. */
    public static Changelog read() {
        var items = ((Value.Arr) Deprecations.Resources.json(Changelog.class, FILE)).items();
        return new Changelog(items.stream()
                .map(Changelog::entry)
                .sorted(Comparator.comparing(Entry::publishedAt).reversed())
                .toList());
    }

    private static Entry entry(Value json) {
        return new Entry(
                json.at("id").asText(),
                Instant.parse(json.at("published_at").asText()),
                Kind.valueOf(json.at("kind").asText().toUpperCase(Locale.ROOT)),
                json.at("title").asText(),
                json.at("text").asText(),
                json.at("path").asText());
    }

    /** When the newest was added. */
    public Instant updatedAt() {
        return entries.getFirst().publishedAt();
    }
}
