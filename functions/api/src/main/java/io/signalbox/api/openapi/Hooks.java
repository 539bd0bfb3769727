/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What vendors post, as {@code webhooks} of OpenAPI 3.1: one for each vendor there is, with a body that it sends. The
 * bodies are those of {@code events/}, kept in {@code hooks.json}.
 */
final class Hooks {

    /** What the receiver may answer besides 200. */
    private static final Set<ErrorCode> ERRORS = EnumSet.of(
            ErrorCode.SIGNATURE_INVALID,
            ErrorCode.NOT_FOUND,
            ErrorCode.PAYLOAD_TOO_LARGE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.INTERNAL,
            ErrorCode.UNAVAILABLE);

    private static final String TAG = "Webhooks";

    private final Value samples;

    Hooks() {
        this(OpenApi.read("hooks.json"));
    }

    Hooks(Value samples) {
        this.samples = requireNonNull(samples, "samples is null");
    }

    /** A sample of that vendor: its {@code media_type} and {@code body}. */
    Value sample(Vendor vendor) {
        return samples.at("hooks").at(vendor.id().value());
    }

    /** An event that a sample became, as a record's history shows it. */
    Value event(String type) {
        return samples.at("events").at(type);
    }

    /** The document with the vendors' hooks, and with what they refer to. */
    Value.Obj addedTo(Value.Obj document) {
        var added = Tree.copy(document);
        var tags = new ArrayList<>(Tree.items(document.get("tags")));
        tags.add(Tree.of(
                "name",
                Value.of(TAG),
                "description",
                Value.of("What vendors post here, each to `/hooks/v1/{vendor}/{connection}`.")));
        added.put("tags", Value.of(tags));
        var hooks = new LinkedHashMap<String, Value>();
        for (var vendor : Vendors.all()) {
            var methods = new LinkedHashMap<String, Value>();
            for (var method : vendor.methods()) {
                methods.put(method.toLowerCase(Locale.ROOT), operation(vendor, method));
            }
            hooks.put(vendor.id().value(), Value.of(methods));
        }
        added.put("webhooks", Value.of(hooks));

        var components = Tree.copy(document.get("components"));
        var examples = Tree.copy(components.get("examples"));
        var all = Tree.copy(new ErrorAnswers().examples());
        ERRORS.forEach(code -> examples.put(code.name(), all.get(code.name())));
        components.put("examples", Value.of(examples));
        added.put("components", Value.of(components));
        return new Value.Obj(added);
    }

    private Value operation(Vendor vendor, String method) {
        var operation = new LinkedHashMap<String, Value>();
        operation.put("operationId", Value.of("receive" + name(vendor) + (method.equals("POST") ? "" : "By" + method)));
        operation.put("tags", Value.of(List.of(Value.of(TAG))));
        operation.put("summary", Value.of("Receive what " + vendor.displayName() + " posts"));
        operation.put("description", Value.of(description(vendor)));
        operation.put(
                "externalDocs", Tree.of("url", Value.of(vendor.documentation().toString())));
        operation.put("security", Value.of(List.of()));
        operation.put("requestBody", Tree.of("required", Value.TRUE, "content", content(vendor)));
        var responses = new LinkedHashMap<String, Value>();
        responses.put(
                "200",
                Tree.of(
                        "description",
                        Value.of("It is kept. The body is what this vendor wants to hear, if anything.")));
        responses.putAll(new ErrorAnswers().byStatus(ERRORS));
        operation.put("responses", Value.of(responses));
        return Value.of(operation);
    }

    /** Of each media type that the vendor sends; the sample under its own. */
    private Value content(Vendor vendor) {
        var sample = sample(vendor);
        var content = new LinkedHashMap<String, Value>();
        for (var type : vendor.mediaTypes().stream().sorted().toList()) {
            var body = new LinkedHashMap<String, Value>();
            body.put("schema", schema(vendor));
            if (sample.at("media_type").equals(Value.of(type))) {
                body.put("example", sample.at("body"));
            }
            content.put(type, Value.of(body));
        }
        return Value.of(content);
    }

    static Value schema(Vendor vendor) {
        return Tree.of("description", Value.of("As " + vendor.displayName() + " documents it."));
    }

    static String description(Vendor vendor) {
        return "To `/hooks/v1/" + vendor.id() + "/{connection}`. Proven by: " + vendor.signing()
                + ". The same event again: " + vendor.identity() + ".";
    }

    private static String name(Vendor vendor) {
        var id = vendor.id().value();
        return id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    }
}
