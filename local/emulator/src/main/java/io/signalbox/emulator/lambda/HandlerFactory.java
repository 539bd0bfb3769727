/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import io.signalbox.emulator.template.Function;
import java.util.Map;

/** Makes the handler object of a function that runs in this JVM; called once per environment. */
@FunctionalInterface
public interface HandlerFactory {

    /**
     * @param variables the function's environment variables, which a handler here cannot find in the process's
     * @return a {@code RequestStreamHandler} or a {@code RequestHandler}
     * @throws Exception whatever the constructor throws: an init error
     */
    Object create(Function function, Map<String, String> variables) throws Exception;
}
