/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.authorizer;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;

/** What the authorizer says of a request; handed to the API as the authorizer context. */
sealed interface Decision {

    /**
     * The token is genuine and holds what the operation asks for.
     *
     * @param scopes space separated, as the token carries them
     */
    record Allow(String clientId, String scopes) implements Decision {
        public Allow {
            requireNonNull(clientId, "clientId is null");
            requireNonNull(scopes, "scopes is null");
        }
    }

    /**
     * It is not, or does not.
     *
     * @param code what the API answers
     * @param reason what exactly, in lower case with underscores; {@code no_credentials} when there was no token
     * @param clientId the client of a genuine token, else empty
     */
    record Deny(ErrorCode code, String reason, String clientId) implements Decision {
        public Deny {
            requireNonNull(code, "code is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(clientId, "clientId is null");
        }

        static Deny unauthenticated(String reason) {
            return new Deny(ErrorCode.UNAUTHENTICATED, reason, "");
        }
    }
}
