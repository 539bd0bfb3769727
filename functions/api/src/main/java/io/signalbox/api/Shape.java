/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Value;
import io.signalbox.store.LinkStore;
import java.util.List;
import java.util.Map;

/** What of records is to be shown, and what beside them: {@code fields} and {@code expand}. */
record Shape(View view, Expansion expansion) {

    Shape {
        requireNonNull(view, "view is null");
        requireNonNull(expansion, "expansion is null");
    }

    static Shape of(Call call, Kind kind, Kinds others, Map<String, String> query) {
        return new Shape(View.of(kind, query.get("fields")), Expansion.of(call, others, query.get("expand")));
    }

    List<Value> shown(Call call, Kind kind, RecordService records, LinkStore links, List<CrmRecord> some) {
        var base = call.request().url().base();
        var values = some.stream()
                .map(record -> view.of(kind.json().record(record, records.score(record), base)))
                .toList();
        return expansion.of(call, some, values, records, links);
    }
}
