/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.samples.VendorSamples;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** One of the connections that {@code up} sets up, seen from the vendor's side: it signs, and posts. */
final class DemoConnection {

    private final Host host;
    private final VendorSamples samples;
    private final Connection connection;
    private final Clock clock;

    private DemoConnection(Host host, VendorSamples samples, Connection connection, Clock clock) {
        this.host = host;
        this.samples = samples;
        this.connection = connection;
        this.clock = clock;
    }

    static DemoConnection open(Host host, VendorId vendor, Clock clock) throws Host.Trouble {
        var secret = secret(host, vendor);
        var samples = Vendors.find(vendor)
                .map(Vendor::samples)
                .orElseThrow(() -> new Host.Trouble("there is no vendor " + vendor));
        make(host, vendor, samples, secret);
        var id = new ConnectionId(vendor.value());
        var now = clock.instant();
        var connection = new Connection(
                id,
                vendor,
                URI.create(host.baseUrl() + "/hooks/v1/" + vendor + "/" + id),
                List.of(new Connection.Secret("demo", secret, now, Optional.empty())),
                samples.options(),
                now);
        return new DemoConnection(host, samples, connection, clock);
    }

    /** The connection, through the REST API as a user would, when nothing was sent to this vendor before. */
    private static void make(Host host, VendorId vendor, VendorSamples samples, String secret) throws Host.Trouble {
        var path = "/api/v4/connections";
        if (host.api(path + "/" + vendor).statusCode() != 404) {
            return;
        }
        var body = new LinkedHashMap<String, Value>();
        body.put("id", Value.of(vendor.value()));
        body.put("vendor", Value.of(vendor.value()));
        body.put("options", Value.of(samples.options()));
        body.put("secrets", Value.of(List.of(Value.of(secret))));
        var answer = host.api("POST", path, Value.of(body));
        if (answer.statusCode() != 201) {
            throw new Host.Trouble("the demo connection for " + vendor + " cannot be made: "
                    + Host.json(answer).at("message").asText());
        }
    }

    private static String secret(Host host, VendorId vendor) throws Host.Trouble {
        var secret = host.file("demo.json").at(vendor.value()).at("secret").asText();
        if (secret == null) {
            throw new Host.Trouble("the instance has no demo connection for " + vendor
                    + "; start afresh with: ./signalbox up --fresh");
        }
        return secret;
    }

    VendorSamples samples() {
        return samples;
    }

    /** Whether there is an API of the vendor's that records are read back from. */
    boolean isReadBack() {
        return Vendors.find(connection.vendor()).flatMap(Vendor::client).isPresent();
    }

    String path() {
        return connection.publicUrl().getRawPath();
    }

    ConnectionId id() {
        return connection.id();
    }

    HttpResponse<byte[]> post(byte[] body) throws Host.Trouble {
        return post(samples.sign(body, connection, clock.instant()));
    }

    /** Posts something other than what was signed. */
    HttpResponse<byte[]> postTampered(byte[] body) throws Host.Trouble {
        return post(samples.tampered(samples.sign(body, connection, clock.instant())));
    }

    private HttpResponse<byte[]> post(VendorSamples.Signed signed) throws Host.Trouble {
        var path = signed.query().isEmpty() ? path() : path() + "?" + signed.query();
        return host.send(signed.method(), path, signed.body(), signed.headers());
    }
}
