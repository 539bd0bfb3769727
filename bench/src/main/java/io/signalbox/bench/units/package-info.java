/* SPDX-License-Identifier: Apache-2.0 */
/** What an event consumes, in the units that AWS bills: the same on every machine. */
package io.signalbox.bench.units;
