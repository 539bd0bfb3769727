/* SPDX-License-Identifier: Apache-2.0 */
/** What the doors for senders of one's own have in common: the meaning of a type, and where a record is named. */
package io.signalbox.vendors.generic;
