/* SPDX-License-Identifier: Apache-2.0 */
/** The least that a function of the same kind could be: what ours are compared with. They are packed as ours are. */
package io.signalbox.bench.baseline;
