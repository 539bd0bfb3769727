/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The connections that a new instance has, so that there is something to send to, of their vendors' names. They are made
 * through the REST API as a user would. A secret for every vendor is kept in {@code demo.json}, for the command line
 * signs with them as the vendor does; it also makes the connections of the other vendors, when something is first sent
 * to them, so that a start does not wait for twenty.
 */
final class Demo {

    private static final String CONNECTIONS = "/api/v4/connections";

    private static final List<String> AT_START = List.of("hubspot", "standard");

    private Demo() {}

    static Path file(Path data) {
        return data.resolve("demo.json");
    }

    /**
     * Makes what is missing. The secrets are on disk before a connection has them, so a start that was cut short is
     * taken up by the next.
     */
    static void prepare(RestClient api, Path data, RandomGenerator random) throws IOException {
        var kept = new LinkedHashMap<String, Value>();
        if (PrivateFile.read(file(data)).orElse(Value.NULL) instanceof Value.Obj(var members)) {
            kept.putAll(members);
        }
        var known = kept.keySet().stream().toList();
        for (var vendor : Vendors.all()) {
            var name = vendor.id().value();
            if (!known.contains(name)) {
                var secret = vendor.samples().newSecret(random);
                kept.put(name, Value.of(Map.of("secret", Value.of(secret))));
            }
        }
        PrivateFile.write(file(data), Value.of(kept));
        for (var name : AT_START) {
            var vendor = Vendors.find(name).orElseThrow();
            var there = api.get(CONNECTIONS + "/" + name);
            if (there.status() == 404) {
                create(api, vendor, kept.get(name).at("secret"));
            } else if (!there.ok()) {
                throw new IOException("the connection " + name + " cannot be read: " + there.problem());
            } else if (!known.contains(name)) {
                add(api, name, kept.get(name).at("secret"));
            }
        }
    }

    private static void create(RestClient api, Vendor vendor, Value secret) throws IOException {
        var name = vendor.id().value();
        var connection = new LinkedHashMap<String, Value>();
        connection.put("id", Value.of(name));
        connection.put("vendor", Value.of(name));
        connection.put("options", Value.of(vendor.samples().options()));
        connection.put("secrets", Value.of(List.of(Value.of(Map.of("value", secret)))));
        require(api.post(CONNECTIONS, Value.of(connection)), name);
    }

    /** The file went and the connection stayed: it gets one secret more. */
    private static void add(RestClient api, String vendor, Value secret) throws IOException {
        require(api.post(CONNECTIONS + "/" + vendor + "/secrets", Value.of(Map.of("value", secret))), vendor);
    }

    private static void require(RestClient.Reply reply, String vendor) throws IOException {
        if (!reply.ok()) {
            throw new IOException("the connection " + vendor + " cannot be made: " + reply.problem());
        }
    }
}
