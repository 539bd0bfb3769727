/* SPDX-License-Identifier: Apache-2.0 */
/** How the benchmarks take and print figures. */
package io.signalbox.bench.measure;
