/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.lambda.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a function said of a batch: which items failed. */
final class BatchAnswer {

    private BatchAnswer() {}

    /**
     * The ids of the items that failed. Lambda's rules: an answer without failures, or empty, is a success; one that
     * names something that was not in the batch, or cannot be read, fails the batch whole.
     * docs.aws.amazon.com, "Implementing partial batch responses".
     *
     * @param ids of all items in the batch
     */
    static Set<String> failures(Outcome outcome, boolean partial, Set<String> ids) {
        return switch (outcome) {
            case Outcome.Failure _ -> ids;
            case Outcome.Answer(var payload) -> partial ? named(payload, ids) : Set.of();
        };
    }

    private static Set<String> named(byte[] payload, Set<String> ids) {
        if (payload.length == 0 || new String(payload, StandardCharsets.UTF_8).equals("null")) {
            return Set.of();
        }
        try {
            var failures = Json.object(payload).get("batchItemFailures");
            if (failures == null) {
                return Set.of();
            }
            var named = new HashSet<String>();
            for (var failure : (List<?>) failures) {
                var id = ((Map<?, ?>) failure).get("itemIdentifier");
                if (!(id instanceof String text) || !ids.contains(text)) {
                    return ids;
                }
                named.add(text);
            }
            return named;
        } catch (IOException | ClassCastException e) {
            return ids;
        }
    }
}
