/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.util.Map;

/** The vendors there are, with all that an interface needs to let a user connect one. The same for every caller. */
final class VendorOperations implements Family {

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("listVendors", this::list, "getVendor", this::get);
    }

    private Response list(Call call) {
        call.query();
        var results = Vendors.all().stream().map(vendor -> json(call, vendor)).toList();
        return cached(Value.of(Map.of("results", Value.of(results))));
    }

    private Response get(Call call) {
        call.query();
        return cached(json(call, find(call.variable("vendor_id"))));
    }

    private static Response cached(Value body) {
        return Response.json(200, body).with("Cache-Control", "private, max-age=300");
    }

    private static Value json(Call call, Vendor vendor) {
        var self = call.link("/api/v4/vendors/" + vendor.id());
        return VendorJson.vendor(vendor, self, call.link("/docs/vendors/" + vendor.id()));
    }

    /** The vendor of that id; 404 with the nearest one otherwise. */
    static Vendor find(String id) {
        return Vendors.find(id)
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.NOT_FOUND,
                        Nearest.to(
                                        id,
                                        Vendors.all().stream()
                                                .map(each -> each.id().value())
                                                .toList())
                                .map(near -> "There is no such vendor. Did you mean " + near + "?")
                                .orElse("There is no such vendor; /api/v4/vendors lists them.")));
    }
}
