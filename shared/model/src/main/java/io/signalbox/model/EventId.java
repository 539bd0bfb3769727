/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What makes an event the same event: the first 128 bits of the SHA-256 of its vendor's dedupe key, as 22 characters of
 * base64url. Two deliveries of one event have one id, whatever attempt they are.
 */
public record EventId(String value) implements Comparable<EventId> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    public EventId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("event id is not 22 characters of base64url");
        }
    }

    /** The id of the event that these parts name, each part told apart from its neighbours. */
    public static EventId of(String... dedupeKey) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : dedupeKey) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                sha.update(bytes);
            }
            var head = java.util.Arrays.copyOf(sha.digest(), 16);
            return new EventId(Base64.getUrlEncoder().withoutPadding().encodeToString(head));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** The first 48 bits of the id: what a record keeps of it to tell duplicates and break ties. */
    public long tag() {
        var bytes = Base64.getUrlDecoder().decode(value);
        return ByteBuffer.wrap(bytes).getLong() >>> 16;
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
