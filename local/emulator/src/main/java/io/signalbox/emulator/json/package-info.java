/* SPDX-License-Identifier: Apache-2.0 */
/** JSON for wire formats. */
package io.signalbox.emulator.json;
