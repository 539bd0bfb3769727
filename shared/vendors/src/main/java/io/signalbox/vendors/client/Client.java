/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A vendor's own API, as far as it is needed to read records back whose events say too little, and to write fields to
 * them. Pure: it makes requests and reads answers, and never sends anything.
 */
public interface Client {

    /** At most so many ids one request may name. */
    int batchSize();

    /**
     * Whether the host is the vendor's. No other is ever called, whatever a token's answer or a setting says, so that
     * nobody makes this system call an address of their choice.
     *
     * @param host in lower case
     */
    boolean isOwnHost(String host);

    OAuth oauth();

    /** The record to read back because this event says too little of it; empty for an event that says enough. */
    Optional<Remote> thin(CanonicalEvent event);

    /** Where records of one of our types are at the vendor; empty when it has none that may be written to. */
    default Optional<Remote> locate(ObjectType object, String id) {
        return Optional.empty();
    }

    /**
     * Reads records of one type, all fields that this system has a name for and these.
     *
     * @param ids 1 to {@link #batchSize} of them
     * @param fields further fields, by the vendor's names
     */
    ApiRequest read(Account account, String object, List<String> ids, Set<String> fields);

    /**
     * The records of a read's answer. Fields without a value are left out: that one was cleared is an event of its own,
     * and most were never set.
     *
     * @throws Unreadable when it is not what the vendor answers; its message is fit for a log
     */
    List<RemoteRecord> records(String object, Value answer) throws Unreadable;

    /**
     * Sets fields of one record, by the vendor's names.
     *
     * @throws UnsupportedOperationException where {@link #locate} finds no record
     */
    default ApiRequest write(Account account, Remote remote, Map<String, Value> fields) {
        throw new UnsupportedOperationException("nothing is written to a record that is not located");
    }

    /** Its notifications, where they end by themselves and its API renews them. */
    default Optional<Channels> channels() {
        return Optional.empty();
    }

    /** What an answer that is no success means. */
    default Complaint complaint(ApiResponse response) {
        return Complaint.ofStatus(response.status());
    }

    /** What an answer says of the day's quota. */
    default Optional<Quota> quota(ApiResponse response) {
        return Optional.empty();
    }
}
