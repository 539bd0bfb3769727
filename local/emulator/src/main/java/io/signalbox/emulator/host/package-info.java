/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A whole stack on one machine: what the template names, created, connected and run. {@link
 * io.signalbox.emulator.host.Host} is the door.
 */
package io.signalbox.emulator.host;
