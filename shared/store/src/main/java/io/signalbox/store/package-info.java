/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where records, the journal and control items live: two ports, each with a DynamoDB adapter and one in memory, both
 * under one contract test.
 */
package io.signalbox.store;
