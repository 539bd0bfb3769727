/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is known of vendors' own APIs, as values: requests to send and answers to read. There is no HTTP in it; who sends,
 * with which token and how often, is the fetcher's business.
 */
package io.signalbox.vendors.client;
