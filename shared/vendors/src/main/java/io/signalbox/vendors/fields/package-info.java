/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From a vendor's names and forms to the canonical ones: each vendor's table, {@code fields.txt} beside its classes, and
 * the engine that applies it.
 */
package io.signalbox.vendors.fields;
