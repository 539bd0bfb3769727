/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.Value;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.Vendor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A vendor as JSON. */
final class VendorJson {

    private VendorJson() {}

    static Value vendor(Vendor vendor, String self, String page) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(vendor.id().value()));
        json.put("object", Value.of("vendor"));
        json.put("name", Value.of(vendor.displayName()));
        json.put("documentation", Value.of(vendor.documentation().toString()));
        json.put("signing", Value.of(vendor.signing()));
        json.put("identity", Value.of(vendor.identity()));
        json.put("handshake", Value.of(vendor.handshake()));
        json.put(
                "answers_within_seconds",
                vendor.deadline().map(each -> Value.of(each.toSeconds())).orElse(Value.NULL));
        json.put("methods", texts(vendor.methods().stream().sorted().toList()));
        json.put("media_types", texts(vendor.mediaTypes().stream().sorted().toList()));
        json.put(
                "secret",
                Value.of(Map.of(
                        "name", Value.of(vendor.secretForm().name()),
                        "form", Value.of(vendor.secretForm().said()))));
        json.put(
                "options",
                Value.of(vendor.options().stream().map(VendorJson::option).toList()));
        json.put("setup_steps", texts(vendor.setupSteps()));
        json.putAll(confidence(vendor));
        json.put("_links", Value.of(Map.of("self", RecordJson.link(self), "documentation", RecordJson.link(page))));
        return Value.of(json);
    }

    /** How sure we are of the vendor's wire, and what to capture where we are not. */
    static Map<String, Value> confidence(Vendor vendor) {
        var json = new LinkedHashMap<String, Value>();
        json.put("experimental", Value.of(!vendor.unconfirmed().isEmpty()));
        json.put("unconfirmed", texts(vendor.unconfirmed()));
        return json;
    }

    private static Value option(Option option) {
        var json = new LinkedHashMap<String, Value>();
        json.put("name", Value.of(option.name()));
        json.put("type", Value.of(option.type()));
        json.put("values", Value.of(option.said()));
        switch (option.form()) {
            case Option.Form.Choice(var values) -> json.put("enum", texts(values));
            case Option.Form.Whole(var least, var most) -> {
                json.put("minimum", Value.of(least));
                json.put("maximum", Value.of(most));
            }
            case Option.Form.Words(var pattern, var _) -> json.put("pattern", Value.of(pattern.pattern()));
            case Option.Form.Truth _, Option.Form.Members _ -> {}
        }
        json.put("default", option.otherwise());
        json.put("required", Value.of(option.isRequired()));
        json.put("meaning", Value.of(option.meaning()));
        return Value.of(json);
    }

    private static Value texts(Collection<String> texts) {
        return Value.of(List.copyOf(
                texts.stream().map(text -> (Value) new Value.Text(text)).toList()));
    }
}
