/* SPDX-License-Identifier: Apache-2.0 */
/** The function that reads the events queue and the queue of refused requests; the door is the handler. */
package io.signalbox.processor;
