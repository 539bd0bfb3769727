/* SPDX-License-Identifier: Apache-2.0 */
/** What rules cost: to match, to load, to start with. */
package io.signalbox.bench.rules;
