/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.PreviousVersion;
import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where to start: a link to every path of the API that is complete as it stands, out of the table of operations. */
final class DiscoveryOperations implements Family {

    private final String id;
    private final String version;
    private final String others;

    private DiscoveryOperations(String id, String version, String others) {
        this.id = id;
        this.version = version;
        this.others = others;
    }

    static DiscoveryOperations current() {
        return new DiscoveryOperations("discover", "v4", PreviousVersion.PATH);
    }

    static DiscoveryOperations previous() {
        return new DiscoveryOperations("discoverV3", "v3", "/api/v4");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(id, this::discover);
    }

    private Response discover(Call call) {
        var links = new LinkedHashMap<String, Value>();
        links.put("self", RecordJson.link(call.link(call.operation().template())));
        for (var operation : Operations.ALL) {
            var isHere = !operation.template().startsWith(others) && !operation.equals(call.operation());
            if (isHere && !operation.template().contains("{")) {
                links.putIfAbsent(name(operation), RecordJson.link(call.link(operation.template())));
            }
        }
        var body = new LinkedHashMap<String, Value>();
        body.put("name", Value.of("Signalbox"));
        body.put("version", Value.of(version));
        body.put("_links", Value.of(links));
        return Response.json(200, Value.of(body)).with("Cache-Control", "public, max-age=300");
    }

    private static String name(Operation operation) {
        return operation.template().substring(operation.template().lastIndexOf('/') + 1);
    }
}
