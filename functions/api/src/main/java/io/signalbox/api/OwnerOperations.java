/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.catalog.Owners;
import io.signalbox.core.catalog.Owners.Owner;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.FieldType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The people that records belong to. An owner's id is what records have in {@code owner_id}; what a vendor wrote there is
 * kept, whether such an owner is known or not.
 */
final class OwnerOperations implements Family {

    private static final String PATH = "/api/v4/owners";
    private static final int LONGEST_ID = 64;
    private static final int LONGEST = 200;
    private static final int MOST = 1_000;

    private final Owners owners;
    private final RandomText random;

    OwnerOperations(Owners owners, RandomText random) {
        this.owners = requireNonNull(owners, "owners is null");
        this.random = requireNonNull(random, "random is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "listOwners", this::list,
                "createOwner", this::create,
                "getOwner", this::get,
                "updateOwner", this::update,
                "deleteOwner", this::delete);
    }

    private Response list(Call call) {
        call.query();
        var body = new LinkedHashMap<String, Value>();
        body.put(
                "results",
                Value.of(owners.all().stream().map(owner -> json(call, owner)).toList()));
        body.put("_links", Value.of(Map.of("self", RecordJson.link(call.link(PATH)))));
        return Response.json(200, Value.of(body));
    }

    private Response get(Call call) {
        call.query();
        return answer(call, 200, find(call));
    }

    private Response create(Call call) {
        call.query();
        var members = Members.of(Bodies.object(call.request()), "id", "name", "email", "active");
        var id = members.text("id", LONGEST_ID);
        var name = members.required("name", LONGEST);
        var email = email(members, members.required("email", LONGEST));
        var active = members.flag("active").orElse(true);
        members.check();
        if (owners.all().size() >= MOST) {
            throw Refusal.invalid(List.of(new Detail("", "TOO_MANY", "There are at most " + MOST + " owners.")));
        }
        var owner = new Owner(id.orElseGet(() -> random.lowerCase(12)), 1, name, email, active);
        if (!owners.put(owner)) {
            throw Refusal.invalid(List.of(new Detail("/id", "NOT_UNIQUE", "There is an owner with this id already.")));
        }
        return answer(call, 201, owner).with("Location", call.link(path(owner)));
    }

    private Response update(Call call) {
        call.query();
        var members = Members.of(Bodies.patch(call.request()), "name", "email", "active");
        var name = members.text("name", LONGEST);
        var email = members.text("email", LONGEST).map(text -> email(members, text));
        var active = members.flag("active");
        members.check();
        var old = matching(call);
        var now = new Owner(
                old.id(),
                old.version() + 1,
                name.orElse(old.name()),
                email.orElse(old.email()),
                active.orElse(old.isActive()));
        if (!owners.put(now)) {
            throw changed();
        }
        return answer(call, 200, now);
    }

    private Response delete(Call call) {
        call.query();
        var old = matching(call);
        if (!owners.delete(old.id(), old.version())) {
            throw changed();
        }
        return Response.empty(204);
    }

    private static String email(Members members, String text) {
        if (!text.isEmpty() && FieldType.EMAIL.accept(Value.of(text)).isEmpty()) {
            members.wrong("/email", "INVALID_EMAIL", "email must be " + FieldType.EMAIL.description() + ".");
        }
        return text;
    }

    private Owner find(Call call) {
        return owners.get(call.variable("owner_id"))
                .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "There is no owner with this id."));
    }

    /** The owner, if it has the version that the call asks for. */
    private Owner matching(Call call) {
        var owner = find(call);
        var match = IfMatch.of(call.request());
        if (!match.versions().isEmpty() && !match.versions().contains(owner.version())) {
            throw Refusal.of(ErrorCode.PRECONDITION_FAILED, "The owner has changed since this ETag; read it again.")
                    .with("ETag", EntityTags.of(owner.version()));
        }
        return owner;
    }

    private static Refusal changed() {
        return Refusal.of(ErrorCode.CONFLICT, "Somebody else changed the owner just now; try again.")
                .with("Retry-After", "1");
    }

    private static Response answer(Call call, int status, Owner owner) {
        return Response.json(status, json(call, owner))
                .with("ETag", EntityTags.of(owner.version()))
                .with("Cache-Control", "private, no-cache");
    }

    private static String path(Owner owner) {
        return PATH + "/" + Page.segment(owner.id());
    }

    private static Value json(Call call, Owner owner) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(owner.id()));
        json.put("version", Value.of(owner.version()));
        json.put("name", Value.of(owner.name()));
        json.put("email", Value.of(owner.email()));
        json.put("active", owner.isActive() ? Value.TRUE : Value.FALSE);
        json.put("_links", Value.of(Map.of("self", RecordJson.link(call.link(path(owner))))));
        return Value.of(json);
    }
}
