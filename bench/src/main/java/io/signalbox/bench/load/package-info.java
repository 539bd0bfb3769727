/* SPDX-License-Identifier: Apache-2.0 */
/** The traffic that benchmarks send: HubSpot deliveries, signed as HubSpot signs, as the HTTP API hands them on. */
package io.signalbox.bench.load;
