/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The function that vendors post to. It proves who sent a request and puts its bytes on the events queue; it knows
 * nothing of what they mean and has no way to the records.
 */
package io.signalbox.receiver;
