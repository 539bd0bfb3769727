/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Scope;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** What the authorizer said of a request. Whatever is not plainly a grant is a denial. */
sealed interface Access {

    /** A genuine token of this client, with these scopes. */
    record Granted(String clientId, Set<Scope> scopes) implements Access {
        public Granted {
            requireNonNull(clientId, "clientId is null");
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * No token, or none that counts.
     *
     * @param reason the authorizer's word for it
     * @param clientId the client when its token was genuine, else empty
     */
    record Denied(ErrorCode code, String reason, String clientId) implements Access {
        public Denied {
            requireNonNull(code, "code is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(clientId, "clientId is null");
        }
    }

    /** The client as it is logged; empty when nobody is known. */
    default String client() {
        return switch (this) {
            case Granted granted -> granted.clientId();
            case Denied denied -> denied.clientId();
        };
    }

    /** Reads the authorizer context of an event; null is no context. */
    static Access of(Map<String, Object> context) {
        if (context == null) {
            return new Denied(ErrorCode.UNAUTHENTICATED, "no_context", "");
        }
        var client = text(context, "client_id");
        if (text(context, "decision").equals("allow") && !client.isEmpty()) {
            return new Granted(client, Scope.parseAll(text(context, "scopes")));
        }
        var name = text(context, "error_code");
        var code = Arrays.stream(ErrorCode.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(ErrorCode.UNAUTHENTICATED);
        return new Denied(code, text(context, "reason"), client);
    }

    private static String text(Map<String, Object> context, String name) {
        return context.get(name) instanceof String text ? text : "";
    }
}
