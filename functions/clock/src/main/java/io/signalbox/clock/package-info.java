/* SPDX-License-Identifier: Apache-2.0 */
/** The function that the schedule wakes every minute; the door is the handler. */
package io.signalbox.clock;
