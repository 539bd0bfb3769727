/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the project claims, measured: one main per question, started by {@code bench/run}. Figures are counts, or ratios
 * of CPU time taken side by side, because neither changes much with the machine. {@code bench/README.md} has the method
 * and the last results.
 */
package io.signalbox.bench;
