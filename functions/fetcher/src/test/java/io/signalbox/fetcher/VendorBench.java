/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Grant;
import io.signalbox.outbound.Grants;
import io.signalbox.outbound.Reach;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.testkit.fakes.CrmShape;
import io.signalbox.testkit.fakes.FakeCrm;
import io.signalbox.testkit.fakes.FakeTokens;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A fetcher and one vendor of some shape, with access to it. */
final class VendorBench implements AutoCloseable {

    static final ConnectionId CONNECTION = new ConnectionId("shop");

    final Workbench bench = new Workbench();
    final CrmShape shape;
    final FakeCrm crm;
    final Client client;
    private final VendorId vendor;

    VendorBench(CrmShape shape) throws ParametersUnavailable {
        this.shape = shape;
        this.vendor = new VendorId(shape.vendor());
        this.client = Vendors.find(vendor).flatMap(Vendor::client).orElseThrow();
        this.crm = new FakeCrm(bench.api, shape, Workbench.NOW.minusSeconds(5));
        var refresh = crm.tokens.grant();
        var api = URI.create("https://" + shape.host());
        if (renews()) {
            var app =
                    new App(Flow.AUTHORIZATION_CODE, FakeTokens.CLIENT, FakeTokens.SECRET, List.of(), shape.settings());
            var end = bench.clock.instant().plus(Duration.ofMinutes(30));
            var tokens = new Tokens(crm.tokens.access(), Optional.of(refresh), end, api, List.of());
            save(new Grant(app, Optional.of(tokens), 1, Optional.empty()));
        } else {
            var app = new App(Flow.TOKEN, "", crm.tokens.access(), List.of(), shape.settings());
            save(new Grant(app, Optional.empty(), 1, Optional.empty()));
        }
        bench.reaches.update(CONNECTION, reach -> reach.withGrant(Workbench.granted(0)));
    }

    private void save(Grant grant) throws ParametersUnavailable {
        new Grants(bench.parameters, bench.clock).save(CONNECTION, grant);
    }

    boolean renews() {
        return !shape.tokenEndpoint().isEmpty();
    }

    /** Puts so many records there; their ids. */
    List<String> records(int count) {
        var ids = IntStream.rangeClosed(1, count).mapToObj(shape::id).toList();
        ids.forEach(id -> crm.put(id, "p" + id + "@example.com"));
        return ids;
    }

    FetchJob read(List<String> ids) {
        var asOf = new LinkedHashMap<String, Long>();
        ids.forEach(id -> asOf.put(id, Workbench.NOW.toEpochMilli() - 10_000));
        var read = new FetchJob.Read(new ObjectType(shape.type()), shape.object(), asOf);
        return FetchJob.of(vendor, CONNECTION, read, Workbench.NOW);
    }

    List<String> synced() throws Vendor.Unreadable {
        return bench.ids(shape.type() + ".synced");
    }

    List<String> completed() throws Vendor.Unreadable {
        return bench.ids(shape.type() + ".completed");
    }

    Reach reach() {
        return bench.reaches.get(CONNECTION);
    }

    long refreshes() {
        return bench.api.calls().stream()
                .filter(call -> (call.host() + call.path()).equals(shape.tokenEndpoint()))
                .count();
    }

    @Override
    public void close() {
        bench.close();
    }
}
