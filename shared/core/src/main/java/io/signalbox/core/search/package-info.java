/* SPDX-License-Identifier: Apache-2.0 */
/** Lists and searches of records; the door is {@link io.signalbox.core.search.Search}. */
package io.signalbox.core.search;
