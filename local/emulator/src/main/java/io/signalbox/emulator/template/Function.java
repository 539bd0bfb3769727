/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One {@code AWS::Serverless::Function}.
 *
 * @param id logical id
 * @param handler {@code package.Class::method}
 * @param code the zip or folder that {@code CodeUri} names, resolved against the template's folder
 * @param timeout how long one invocation may take
 * @param memory in MB
 * @param snapStart whether published versions start from a snapshot
 * @param environment its variables, all resolved; nothing else is added here
 */
public record Function(
        String id,
        String handler,
        Path code,
        Duration timeout,
        int memory,
        boolean snapStart,
        Map<String, String> environment) {

    public Function {
        requireNonNull(id, "id is null");
        requireNonNull(handler, "handler is null");
        requireNonNull(code, "code is null");
        requireNonNull(timeout, "timeout is null");
        environment = Map.copyOf(environment);
    }

    /** The class part of {@link #handler}. */
    public String handlerClass() {
        var end = handler.indexOf("::");
        return end < 0 ? handler : handler.substring(0, end);
    }

    /** What people call it: {@code receiver} for {@code ReceiverFunction}. */
    public String shortName() {
        var name = id.endsWith("Function") ? id.substring(0, id.length() - "Function".length()) : id;
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
