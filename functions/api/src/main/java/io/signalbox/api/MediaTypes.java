/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.runtime.Problem;
import java.util.Locale;
import java.util.Optional;

/** What a caller sends and what it takes: {@code Content-Type} and {@code Accept} (RFC 9110 sections 8.3, 12.5.1). */
final class MediaTypes {

    static final String JSON = "application/json";
    static final String HTML = "text/html";

    private MediaTypes() {}

    /** The type without parameters, in lower case; empty when there is none. */
    static String of(Optional<String> contentType) {
        return contentType
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** Whether a caller takes the type; one that says nothing takes all. */
    static boolean takes(Optional<String> accept, String type) {
        return accept.isEmpty() || accept.get().isBlank() || takes(accept.get(), type);
    }

    /** The type of an error body: problem details, or plain JSON for a caller that takes that and not these. */
    static String ofProblem(Optional<String> accept) {
        var plain = accept.isPresent() && !takes(accept.get(), Problem.MEDIA_TYPE) && takes(accept.get(), JSON);
        return plain ? JSON : Problem.MEDIA_TYPE;
    }

    /** Whether the most specific range that covers the type has a weight above 0. */
    private static boolean takes(String accept, String type) {
        var best = -1;
        var taken = false;
        var kind = type.substring(0, type.indexOf('/')) + "/*";
        for (var range : accept.split(",")) {
            var parts = range.split(";");
            var name = parts[0].strip().toLowerCase(Locale.ROOT);
            var rank = name.equals(type) ? 2 : name.equals(kind) ? 1 : name.equals("*/*") ? 0 : -1;
            if (rank > best) {
                best = rank;
                taken = !isWeightless(parts);
            }
        }
        return taken;
    }

    private static boolean isWeightless(String[] parts) {
        for (var i = 1; i < parts.length; i++) {
            if (parts[i].strip().toLowerCase(Locale.ROOT).matches("q\\s*=\\s*0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }
}
