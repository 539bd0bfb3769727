/* SPDX-License-Identifier: Apache-2.0 */
/** Reads a SAM template into records: what the local host builds, runs and connects. */
package io.signalbox.emulator.template;
