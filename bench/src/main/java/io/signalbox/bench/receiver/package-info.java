/* SPDX-License-Identifier: Apache-2.0 */
/** What the receiver adds to the work that cannot be avoided. */
package io.signalbox.bench.receiver;
