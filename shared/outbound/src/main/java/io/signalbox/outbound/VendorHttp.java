/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.ApiResponse;
import io.signalbox.vendors.client.Client;
import java.io.IOException;

/** Sends requests to vendors. */
public interface VendorHttp {

    /**
     * Sends it once and returns the answer, whatever its status.
     *
     * @param client whose request it is: to no host but its own anything is sent
     * @throws ForeignHost when the request is for another host; nothing was sent
     * @throws IOException when there was no whole answer in time; the request may have been carried out
     */
    ApiResponse send(Client client, ApiRequest request) throws IOException;

    /** A request for a host that is not the vendor's. */
    final class ForeignHost extends IOException {
        private static final long serialVersionUID = 1;

        public ForeignHost(String host) {
            super("the host is not the vendor's: " + host);
        }
    }
}
