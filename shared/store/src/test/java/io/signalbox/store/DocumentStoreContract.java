/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.store.DocumentStore.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every store of documents does. */
abstract class DocumentStoreContract {

    private static final DocumentStore.Kind OWNER = DocumentStore.Kind.OWNER;

    abstract DocumentStore store();

    private static Document document(String id, long version, String name) {
        return new Document(id, version, Value.of(Map.of("name", Value.of(name), "tags", Value.of(List.of()))));
    }

    @Test
    void a_document_is_changed_on_the_version_it_was_read_at() {
        assertThat(store().put(OWNER, document("7", 1, "Ada"))).isTrue();
        assertThat(store().put(OWNER, document("7", 1, "Ada")))
                .as("the same again")
                .isTrue();
        assertThat(store().put(OWNER, document("7", 1, "Bob"))).isFalse();
        assertThat(store().put(OWNER, document("7", 3, "Bob"))).isFalse();
        assertThat(store().put(OWNER, document("7", 2, "Bob"))).isTrue();
        assertThat(store().put(OWNER, document("8", 2, "Eve"))).isFalse();

        assertThat(store().get(OWNER, "7")).contains(document("7", 2, "Bob"));
        assertThat(store().get(OWNER, "8")).isEmpty();
        assertThat(store().get(DocumentStore.Kind.SCHEMA, "7")).isEmpty();
    }

    @Test
    void all_of_a_kind_come_by_id() {
        for (var id : List.of("c", "a", "b")) {
            store().put(OWNER, document(id, 1, id));
            store().put(DocumentStore.Kind.LABELS, document("x" + id, 1, id));
        }

        assertThat(store().all(OWNER)).extracting(Document::id).containsExactly("a", "b", "c");
        assertThat(store().all(DocumentStore.Kind.PIPELINES)).isEmpty();
    }

    @Test
    void a_document_is_removed_at_its_version_and_may_come_again() {
        store().put(OWNER, document("7", 1, "Ada"));
        assertThat(store().delete(OWNER, "7", 2)).isFalse();
        assertThat(store().delete(OWNER, "7", 1)).isTrue();
        assertThat(store().delete(OWNER, "7", 1)).isFalse();
        assertThat(store().put(OWNER, document("7", 1, "Bob"))).isTrue();
    }

    @Test
    void of_many_who_change_a_document_one_does() throws Exception {
        store().put(OWNER, document("7", 1, "Ada"));
        var calls = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 8; i++) {
            var mine = document("7", 2, "Ada " + i);
            calls.add(() -> store().put(OWNER, mine));
        }
        var changed = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                changed += future.get() ? 1 : 0;
            }
        }

        assertThat(changed).isEqualTo(1);
    }
}
