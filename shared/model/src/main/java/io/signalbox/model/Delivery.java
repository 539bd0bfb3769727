/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request of a vendor that was found genuine: its bytes, untouched, and what is needed to read them later.
 *
 * @param vendor who posted it
 * @param connection by which connection
 * @param receivedAt when it was verified
 * @param correlationId the id that its log lines share
 * @param headers the few headers the vendor's normalizer reads, names in lower case
 * @param body the bytes that were signed; do not change the array
 */
public record Delivery(
        VendorId vendor,
        ConnectionId connection,
        Instant receivedAt,
        String correlationId,
        Map<String, String> headers,
        byte[] body) {

    public Delivery {
        requireNonNull(vendor, "vendor is null");
        requireNonNull(connection, "connection is null");
        requireNonNull(receivedAt, "receivedAt is null");
        requireNonNull(correlationId, "correlationId is null");
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        requireNonNull(body, "body is null");
    }

    @Override
    public String toString() {
        return "Delivery[" + vendor + "/" + connection + ", " + body.length + " bytes]";
    }
}
