/* SPDX-License-Identifier: Apache-2.0 */
/** The promises that the README makes, each held by a test of the whole system. */
package io.signalbox.promises;
