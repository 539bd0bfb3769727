/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code AWS::Serverless::HttpApi}.
 *
 * @param id logical id
 * @param authorizers by name
 * @param defaultAuthorizer the one for routes that name none
 */
public record HttpApi(String id, Map<String, Authorizer> authorizers, Optional<String> defaultAuthorizer) {

    public HttpApi {
        requireNonNull(id, "id is null");
        authorizers = Map.copyOf(authorizers);
        requireNonNull(defaultAuthorizer, "defaultAuthorizer is null");
    }

    /**
     * A function that is asked before the route's own; payload 2.0, simple responses, no cache.
     *
     * @param function logical id
     * @param identity headers of which all must be there, or the request is refused unasked; lower case
     */
    public record Authorizer(String function, List<String> identity) {
        public Authorizer {
            identity = List.copyOf(identity);
        }
    }
}
