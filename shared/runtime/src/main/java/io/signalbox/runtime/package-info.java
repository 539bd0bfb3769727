/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The kit every function is built with: its environment, JSON, one log line and one metric line per unit of work, the
 * error body, snapshot priming, and calls to AWS services that are not worth a client of their own.
 */
package io.signalbox.runtime;
