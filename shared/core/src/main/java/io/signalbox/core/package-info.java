/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From canonical events to saved, scored records: the one way that webhooks and the REST API share. The door is
 * {@link io.signalbox.core.Pipeline}; {@link io.signalbox.core.DueScores} is the part the clock wakes.
 */
package io.signalbox.core;
