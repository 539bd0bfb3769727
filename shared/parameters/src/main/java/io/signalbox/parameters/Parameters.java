/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

import java.util.Optional;

/**
 * Named secrets: SSM Parameter Store in the cloud (SecureString), a file only its owner can read on one machine. Names
 * are paths below the stack's prefix.
 */
public interface Parameters {

    /** The value, decrypted. */
    Optional<String> get(String name) throws ParametersUnavailable;

    /** Creates or replaces. */
    void put(String name, String value) throws ParametersUnavailable;

    /** Creates; false when there is one already. */
    boolean create(String name, String value) throws ParametersUnavailable;

    /** Removes; nothing happens when there is none. */
    void delete(String name) throws ParametersUnavailable;

    /** The service did not answer. */
    final class ParametersUnavailable extends Exception {
        private static final long serialVersionUID = 1;

        public ParametersUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
