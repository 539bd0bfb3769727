/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in the change feed.
 *
 * @param places one a shard
 * @param issuedAt when it was given out, to the second
 */
public record FeedToken(List<Place> places, Instant issuedAt) {

    /**
     * A place in a shard.
     *
     * @param number of the last item that is done with
     * @param part how many changes of the next item are done with as well
     */
    record Place(long number, int part) {}

    public FeedToken {
        places = List.copyOf(places);
        requireNonNull(issuedAt, "issuedAt is null");
        issuedAt = Instant.ofEpochSecond(issuedAt.getEpochSecond());
        if (places.size() != FeedStore.SHARDS) {
            throw new IllegalArgumentException("a token has not one place for each shard");
        }
    }

    /** In base 36, to be signed by whoever hands it out. */
    public String text() {
        var text = new StringBuilder(Long.toString(issuedAt.getEpochSecond(), 36));
        for (var place : places) {
            text.append('.').append(Long.toString(place.number(), 36));
            text.append('-').append(Integer.toString(place.part(), 36));
        }
        return text.toString();
    }

    /** The token so written, if it is one. */
    public static Optional<FeedToken> parse(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != FeedStore.SHARDS + 1) {
            return Optional.empty();
        }
        try {
            var places = new ArrayList<Place>();
            for (var i = 1; i < parts.length; i++) {
                var pair = parts[i].split("-", 2);
                places.add(new Place(Long.parseLong(pair[0], 36), Integer.parseInt(pair[1], 36)));
            }
            return Optional.of(new FeedToken(places, Instant.ofEpochSecond(Long.parseLong(parts[0], 36))));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}
