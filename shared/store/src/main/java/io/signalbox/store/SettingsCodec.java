/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.ObjectType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A connection's settings as a pack. */
final class SettingsCodec {

    private SettingsCodec() {}

    static byte[] encode(ConnectionSettings settings) {
        var out = new PackWriter();
        out.number(settings.mappings().size());
        settings.mappings().forEach((object, fields) -> {
            out.symbol(object.name());
            out.number(fields.size());
            fields.forEach((field, target) -> {
                out.symbol(field);
                out.symbol(target.orElse(""));
            });
        });
        out.text(settings.defaultCountry().orElse(""));
        out.number(settings.joinsRecords().map(joins -> joins ? 2 : 1).orElse(0));
        out.number(settings.objects().size());
        settings.objects().forEach((vendors, ours) -> {
            out.symbol(vendors.name());
            out.symbol(ours.name());
        });
        return out.finish();
    }

    static ConnectionSettings decode(byte[] bytes) {
        var in = new PackReader(bytes);
        var mappings = new HashMap<ObjectType, Map<String, Optional<String>>>();
        for (var i = in.count(); i > 0; i--) {
            var object = new ObjectType(in.symbol());
            var fields = new HashMap<String, Optional<String>>();
            for (var j = in.count(); j > 0; j--) {
                fields.put(in.symbol(), Optional.of(in.symbol()).filter(target -> !target.isEmpty()));
            }
            mappings.put(object, fields);
        }
        var country = Optional.of(in.text()).filter(text -> !text.isEmpty());
        var joins = in.small();
        var objects = new HashMap<ObjectType, ObjectType>();
        // Settings that were put before there were objects end here.
        for (var i = in.isRead() ? 0 : in.count(); i > 0; i--) {
            objects.put(new ObjectType(in.symbol()), new ObjectType(in.symbol()));
        }
        in.end();
        return new ConnectionSettings(
                mappings, country, joins == 0 ? Optional.empty() : Optional.of(joins == 2), objects);
    }
}
