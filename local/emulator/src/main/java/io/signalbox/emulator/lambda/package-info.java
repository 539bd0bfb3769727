/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs functions as Lambda does: one event at a time per environment, more environments on demand, errors and timeouts
 * in Lambda's own words. {@link io.signalbox.emulator.lambda.FunctionHost} is the door.
 */
package io.signalbox.emulator.lambda;
