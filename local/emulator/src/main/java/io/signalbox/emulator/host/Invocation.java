/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.lambda.Outcome;

/** Runs the one function that a source wakes. */
@FunctionalInterface
interface Invocation {

    Outcome of(byte[] event);
}
