/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The words Signalbox thinks in: records, canonical events, ids as types, and {@link io.signalbox.model.Value} for
 * whatever a vendor or a user may put in a field. Imports the JDK alone; everything is immutable.
 */
package io.signalbox.model;
