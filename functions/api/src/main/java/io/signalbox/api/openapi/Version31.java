/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.List;

/** OpenAPI 3.1 out of 3.0: {@code nullable} becomes a type, and schemas name their dialect. */
final class Version31 {

    private static final String DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base";

    private Version31() {}

    static Value.Obj of(Value.Obj document) {
        var upgraded = Tree.copy(Tree.each(document, Version31::schema));
        upgraded.put("openapi", Value.of("3.1.1"));
        upgraded.put("jsonSchemaDialect", Value.of(DIALECT));
        return new Value.Obj(upgraded);
    }

    private static Value.Obj schema(Value.Obj object) {
        if (!Value.TRUE.equals(object.get("nullable"))) {
            return object;
        }
        var members = Tree.copy(object);
        members.remove("nullable");
        if (members.get("type") instanceof Value.Text type) {
            members.put("type", Value.of(List.of(type, Value.of("null"))));
        }
        if (members.get("enum") instanceof Value.Arr(var values)) {
            var more = new ArrayList<>(values);
            more.add(Value.NULL);
            members.put("enum", Value.of(more));
        }
        return new Value.Obj(members);
    }
}
