/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit.fakes;

import io.signalbox.model.Value;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeApi.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How one vendor's API is asked for records and what it answers, after its documents, as far as Signalbox reads them. */
public interface CrmShape {

    /** The vendor's id here. */
    String vendor();

    /** Our type and the vendor's of the records that are read. */
    String type();

    String object();

    /** Where records are read. */
    String host();

    /** Where tokens are renewed, path included; empty where a token is given out for good. */
    default String tokenEndpoint() {
        return "";
    }

    /** Whether each refresh ends the refresh token it was made with. */
    default boolean rotates() {
        return false;
    }

    /** Seconds that a token's answer says it counts; 0 to say nothing. */
    default long expiresIn() {
        return 3_600;
    }

    /** What a token's answer holds besides. */
    default Map<String, Value> tokenExtras() {
        return Map.of();
    }

    /** What the app needs to know. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** What stands before the token in the header {@code authorization}. */
    default String scheme() {
        return "Bearer ";
    }

    /** The id that a record of that number has. */
    default String id(int number) {
        return Integer.toString(number);
    }

    /** The ids that a request asks for. */
    List<String> asked(Call call);

    /**
     * The answer to a request.
     *
     * @param known those of the ids that are there, each with its e-mail address
     * @param missing those that are not
     */
    Answer read(Map<String, String> known, List<String> missing, Instant modified);

    /** To a token that does not count. */
    Answer tokenRefused();

    /** Too many calls. */
    default Answer slowDown() {
        return Answer.of(429, "{}").with("Retry-After", "7");
    }
}
