/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a sender handed over, and its id.
 *
 * @param system what the service itself understands: {@code AWSTraceHeader}, {@code MessageGroupId}
 */
public record Message(
        String id, String body, SortedMap<String, Attribute> attributes, SortedMap<String, String> system) {

    public Message {
        requireNonNull(id, "id is null");
        requireNonNull(body, "body is null");
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        system = Collections.unmodifiableSortedMap(new TreeMap<>(system));
    }

    /** A message that is about to be sent; {@code delaySeconds} null means as the queue has it. */
    public record Draft(
            String body, Map<String, Attribute> attributes, Map<String, String> system, Integer delaySeconds) {

        public Draft {
            requireNonNull(body, "body is null");
            attributes = Map.copyOf(attributes);
            system = Map.copyOf(system);
        }

        public static Draft of(String body) {
            return new Draft(body, Map.of(), Map.of(), null);
        }
    }
}
