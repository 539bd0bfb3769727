/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Query;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.LinkedHashMap;
import java.util.List;

/** A body as an object: JSON as it is, a form's parameters as texts. */
final class ZohoBody {

    private ZohoBody() {}

    static Value.Obj read(byte[] body) throws Unreadable {
        if (isJson(body)) {
            try {
                if (Json.parse(body) instanceof Value.Obj object) {
                    return object;
                }
            } catch (Json.Malformed e) {
                throw new Unreadable(e.getMessage());
            }
            throw new Unreadable("the body is not a JSON object");
        }
        var members = new LinkedHashMap<String, Value>();
        for (var pair : Query.pairs(new String(body, UTF_8))) {
            members.putIfAbsent(pair.name(), Value.of(pair.value()));
        }
        return new Value.Obj(members);
    }

    /** All tokens that stand in the body; none where it cannot be read. */
    static List<String> tokens(byte[] body) {
        if (!isJson(body)) {
            return Query.values(new String(body, UTF_8), Zoho.TOKEN);
        }
        try {
            var token = read(body).get(Zoho.TOKEN).asText();
            return token == null ? List.of() : List.of(token);
        } catch (Unreadable e) {
            return List.of();
        }
    }

    private static boolean isJson(byte[] body) {
        for (var b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{' || b == '[';
            }
        }
        return false;
    }
}
