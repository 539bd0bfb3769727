/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.store.Definition;
import java.util.List;
import java.util.Map;

/**
 * Objects and fields, standard ones and users' own. An object's version, which is its entity tag, moves with its fields.
 */
final class SchemaOperations implements Family {

    private final SchemaService schemas;

    SchemaOperations(SchemaService schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "listSchemas", this::list,
                "createSchema", this::create,
                "getSchema", this::get,
                "updateSchema", this::update,
                "deleteSchema", this::delete,
                "listSchemaFields", this::fields,
                "createSchemaField", this::createField,
                "getSchemaField", this::field,
                "updateSchemaField", this::updateField,
                "deleteSchemaField", this::deleteField);
    }

    private Response list(Call call) {
        call.query();
        return results(schemas.all().stream()
                .map(definition -> SchemaJson.schema(call, definition))
                .toList());
    }

    private static Response results(List<Value> all) {
        return Response.json(200, Value.of(Map.of("results", Value.of(all))));
    }

    private Response create(Call call) {
        call.query();
        var made = schemas.create(call, Bodies.object(call.request()));
        return answer(201, made, SchemaJson.schema(call, made))
                .with("Location", call.link(SchemaJson.path(made.schema())));
    }

    private Response get(Call call) {
        call.query();
        var held = schemas.get(call.variable("object"));
        return answer(200, held, SchemaJson.schema(call, held));
    }

    private Response update(Call call) {
        call.query();
        var changed = schemas.relabel(call, Bodies.patch(call.request()));
        return answer(200, changed, SchemaJson.schema(call, changed));
    }

    private Response delete(Call call) {
        call.query();
        schemas.delete(call);
        return Response.empty(204);
    }

    private Response fields(Call call) {
        call.query();
        return results(
                SchemaJson.fields(call, schemas.get(call.variable("object")).schema()));
    }

    private Response createField(Call call) {
        call.query();
        var added = schemas.addField(call, Bodies.object(call.request()));
        var path = SchemaJson.path(added.definition().schema()) + "/fields/" + added.field();
        return field(call, 201, added).with("Location", call.link(path));
    }

    private Response field(Call call) {
        call.query();
        var held = schemas.get(call.variable("object"));
        return field(call, 200, new SchemaService.Changed(held, SchemaService.fieldName(call)));
    }

    private Response updateField(Call call) {
        call.query();
        return field(call, 200, schemas.changeField(call, Bodies.patch(call.request())));
    }

    private Response deleteField(Call call) {
        call.query();
        schemas.deleteField(call);
        return Response.empty(204);
    }

    private static Response field(Call call, int status, SchemaService.Changed of) {
        var schema = of.definition().schema();
        return answer(
                status,
                of.definition(),
                SchemaJson.field(call, schema, of.field()).orElseThrow(SchemaService::noField));
    }

    private static Response answer(int status, Definition definition, Value body) {
        return Response.json(status, body)
                .with("ETag", EntityTags.of(definition.version()))
                .with("Cache-Control", "private, no-cache");
    }
}
