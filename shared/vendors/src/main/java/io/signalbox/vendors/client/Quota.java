/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

/**
 * What the vendor says is left of a day's calls, for all programs of the account together.
 *
 * @param limit calls a day; 0 when it does not say
 */
public record Quota(long limit, long remaining) {}
