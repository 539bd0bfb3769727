/* SPDX-License-Identifier: Apache-2.0 */
/** Vendors' APIs as far as Signalbox calls them, with the shapes of their documents, and with faults on demand. */
package io.signalbox.testkit.fakes;
