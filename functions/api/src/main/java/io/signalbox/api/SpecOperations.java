/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.openapi.OpenApi;
import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Operations;
import io.signalbox.model.SchemaSet;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The contract, for machines: OpenAPI 3.0 and 3.1 and AsyncAPI, with the address that it was asked at. */
final class SpecOperations implements Family {

    private final OpenApi contract = new OpenApi();
    private final Supplier<SchemaSet> schemas;
    private final Supplier<Set<ObjectType>> scored;
    private final Deprecations deprecations;

    /**
     * @param schemas what users defined
     * @param scored the types of records that the score model in force is about
     */
    SpecOperations(Supplier<SchemaSet> schemas, Supplier<Set<ObjectType>> scored, Deprecations deprecations) {
        this.schemas = requireNonNull(schemas, "schemas is null");
        this.scored = requireNonNull(scored, "scored is null");
        this.deprecations = requireNonNull(deprecations, "deprecations is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "getOpenApiV3", call -> answer(previous(call)),
                "getOpenApi", call -> answer(document(call)),
                "getOwnOpenApi", this::own,
                "getOpenApi31", call -> answer(OpenApi.upgraded(document(call))),
                "getAsyncApi",
                        call -> answer(contract.asynchronous(
                                document(call), call.request().url().base())));
    }

    private Value.Obj document(Call call) {
        return document(call, Schemas.STANDARD);
    }

    private Value.Obj document(Call call, List<ObjectSchema> objects) {
        call.query();
        var all = new ArrayList<>(objects);
        all.add(Operations.OWN);
        return contract.document(all, scored.get(), call.request().url().base());
    }

    /** With the fields and objects that users defined, which only who has a token may know. */
    private Response own(Call call) {
        return answer(document(call, schemas.get().all())).with("Cache-Control", "private, max-age=60");
    }

    private Value.Obj previous(Call call) {
        call.query();
        return contract.previous(
                Schemas.STANDARD, scored.get(), call.request().url().base(), deprecations);
    }

    private static Response answer(Value.Obj document) {
        return new Response(
                200,
                Map.of("Content-Type", MediaTypes.JSON, "Cache-Control", "public, max-age=300"),
                Json.bytes(document));
    }
}
