/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One on-demand {@code AWS::DynamoDB::Table}.
 *
 * @param id logical id
 * @param attributes type of each key attribute: {@code S}, {@code N} or {@code B}
 * @param streamView {@code NEW_AND_OLD_IMAGES} and the like; empty for no stream
 * @param ttlAttribute attribute with the epoch second an item expires at; empty for none
 */
public record Table(
        String id,
        String name,
        String arn,
        Map<String, String> attributes,
        Key key,
        List<Index> indexes,
        Optional<String> streamView,
        Optional<String> ttlAttribute) {

    public Table {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(arn, "arn is null");
        attributes = Map.copyOf(attributes);
        requireNonNull(key, "key is null");
        indexes = List.copyOf(indexes);
        requireNonNull(streamView, "streamView is null");
        requireNonNull(ttlAttribute, "ttlAttribute is null");
    }

    /** A primary key: partition key and, where there is one, sort key. */
    public record Key(String hash, Optional<String> range) {}

    /**
     * A global secondary index.
     *
     * @param projection {@code KEYS_ONLY}, {@code ALL} or {@code INCLUDE}
     * @param included the attributes of {@code INCLUDE}
     */
    public record Index(String name, Key key, String projection, List<String> included) {
        public Index {
            included = List.copyOf(included);
        }
    }
}
