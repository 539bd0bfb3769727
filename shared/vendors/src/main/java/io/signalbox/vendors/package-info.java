/* SPDX-License-Identifier: Apache-2.0 */
/** Vendors: how each signs, what each sends, and what its events mean here. One package a vendor. */
package io.signalbox.vendors;
