/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One thing the REST API can be asked to do.
 *
 * @param id its name, unique: {@code getContact}
 * @param method the HTTP method, in capitals
 * @param template the path, with {@code {name}} for a part that varies; each stands for one whole segment
 * @param scope what the caller's token must hold; empty for the few operations that anybody may call
 */
public record Operation(String id, String method, String template, Optional<Scope> scope) {

    public Operation {
        requireNonNull(id, "id is null");
        requireNonNull(method, "method is null");
        requireNonNull(template, "template is null");
        requireNonNull(scope, "scope is null");
        if (!template.startsWith("/") || (template.length() > 1 && template.endsWith("/"))) {
            throw new IllegalArgumentException("template is not /a/b: " + template);
        }
    }

    /** Whether it is answered without a token. */
    public boolean isPublic() {
        return scope.isEmpty();
    }

    List<String> segments() {
        return List.of(template.substring(1).split("/", -1));
    }
}
