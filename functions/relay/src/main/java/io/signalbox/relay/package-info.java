/* SPDX-License-Identifier: Apache-2.0 */
/** The function that follows the stream of the Records table; the door is the handler. */
package io.signalbox.relay;
