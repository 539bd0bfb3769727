/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CustomField;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Operations on records that say so when a request writes a deprecated field: {@code Api-Warnings:
 * deprecated-field;name="custom.tier"}. Costs nothing where no field of the object is deprecated.
 */
final class WarningFamily implements Family {

    private final Kind.Of kinds;
    private final Family family;

    WarningFamily(Kind.Of kinds, Family... parts) {
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.family = new FamilyOf(parts);
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        var all = new HashMap<String, Endpoint>();
        family.endpoints().forEach((id, endpoint) -> all.put(id, warning(endpoint)));
        return all;
    }

    private Endpoint warning(Endpoint endpoint) {
        return new Endpoint() {
            @Override
            public Response answer(Call call) throws Exception {
                var response = endpoint.answer(call);
                var warnings = call.request().body().length == 0 ? "" : warnings(call);
                return warnings.isEmpty() ? response : response.with(Warnings.HEADER, warnings);
            }

            @Override
            public String mediaType() {
                return endpoint.mediaType();
            }
        };
    }

    private String warnings(Call call) {
        var schema = kinds.of(call).schema();
        var deprecated = schema.own().stream().filter(CustomField::deprecated).toList();
        if (deprecated.isEmpty()) {
            return "";
        }
        var used = new TreeSet<String>();
        for (var record : records(call)) {
            for (var field : deprecated) {
                if (names(schema, record, field)) {
                    used.add(schema.shownName(field));
                }
            }
        }
        return String.join(
                ", ",
                used.stream()
                        .map(name -> "deprecated-field;name=\"" + name + "\"")
                        .toList());
    }

    private static boolean names(ObjectSchema schema, Value record, CustomField field) {
        var place = schema.field(field.name()).isPresent() ? record : record.at("custom");
        return place instanceof Value.Obj(var members) && members.containsKey(field.name());
    }

    /** The records in a body: it is one itself, or its inputs hold some. */
    private static List<Value> records(Call call) {
        try {
            var body = Json.parse(call.request().body());
            return body.at("inputs") instanceof Value.Arr(var inputs)
                    ? inputs.stream().map(input -> input.at("record")).toList()
                    : List.of(body);
        } catch (Json.Malformed _) {
            return List.of();
        }
    }
}
