/* SPDX-License-Identifier: Apache-2.0 */
/** The function that calls vendors' APIs; the door is the handler. */
package io.signalbox.fetcher;
