/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.ErrorCode;
import java.util.OptionalLong;

/**
 * Entity tags: {@code "v17"} for version 17 of a thing.
 *
 * <p>A record's tag is its version. The score fades while the version stands; the version moves on when the fading
 * changes the label, so a client that revalidates never holds a wrong label.
 */
final class EntityTags {

    private EntityTags() {}

    static String of(long version) {
        return "\"v" + version + "\"";
    }

    /** Whether {@code If-None-Match} names the tag, by the weak comparison of RFC 9110 section 8.8.3.2. */
    static boolean anyWeakly(String ifNoneMatch, String tag) {
        for (var one : ifNoneMatch.split(",")) {
            var given = one.strip();
            if (given.equals("*") || given.equals(tag) || given.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The version that {@code If-Match} asks for; empty for {@code *}.
     *
     * @throws Refusal 428 without the header, 412 when it holds no tag of ours
     */
    static OptionalLong required(Request request) {
        var header = request.header("if-match")
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.PRECONDITION_REQUIRED,
                        "Send If-Match with the ETag that GET answered, so that nobody's change is lost; or If-Match: *"
                                + " to replace whatever is there."))
                .strip();
        if (header.equals("*")) {
            return OptionalLong.empty();
        }
        var version = version(header);
        if (version.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.PRECONDITION_FAILED, "If-Match holds no ETag that this resource ever had: \"v7\".");
        }
        return version;
    }

    /** The version that a tag of ours stands for, by strong comparison: nothing for {@code W/"v7"}. */
    static OptionalLong version(String tag) {
        var digits = tag.startsWith("\"v") && tag.endsWith("\"") && tag.length() > 3
                ? tag.substring(2, tag.length() - 1)
                : "";
        return digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(digits));
    }
}
