/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Filters over records: one grammar for lists, searches and the conditions of webhooks. {@link
 * io.signalbox.model.filter.FilterParser} reads them, {@link io.signalbox.model.filter.Filter} is what was read, and
 * {@link io.signalbox.model.filter.IndexKey} the form of values in which indexes are sorted.
 */
package io.signalbox.model.filter;
