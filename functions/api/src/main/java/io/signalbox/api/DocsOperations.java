/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.ErrorCode;
import java.util.Arrays;
import java.util.Map;

/** What a person reads who looks up an error or connects a vendor: a page for each, and the lists of them. */
final class DocsOperations implements Family {

    private final HtmlPages pages = new HtmlPages();
    private final Lazy<ErrorPages> errors = new Lazy<>(() -> new ErrorPages(pages));
    private final VendorPages vendors = new VendorPages(pages);
    private final DeprecationPages deprecations;

    DocsOperations(Deprecations deprecations) {
        this.deprecations = new DeprecationPages(pages, deprecations);
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "getDocs",
                Assets.page("index.html"),
                "getExplorer",
                Assets.page("explorer.html"),
                "getReference",
                Assets.page("reference.html"),
                "getDocsAsset",
                new Assets.Files(),
                "listErrorPages",
                new Html(_ -> errors.get().list()),
                "getErrorPage",
                new Html(this::error),
                "getDeprecationPage",
                new Html(call -> deprecations.of(call.variable("name"))),
                "listVendorPages",
                new Html(_ -> vendors.list()),
                "getVendorPage",
                new Html(call -> vendors.of(VendorOperations.find(call.variable("vendor_id")))));
    }

    private Response error(Call call) {
        var name = call.variable("code");
        var names = Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList();
        if (names.contains(name)) {
            return errors.get().of(ErrorCode.valueOf(name));
        }
        throw Refusal.of(
                ErrorCode.NOT_FOUND,
                Nearest.to(name, names)
                        .map(near -> "There is no such error code. Did you mean " + near + "?")
                        .orElse("There is no such error code; /docs/errors lists them."));
    }
}
