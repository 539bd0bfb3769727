/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a rule asks of an event, and what the answers are worth. {@link io.signalbox.rules.RuleIndex} finds, among many
 * rules in the pattern language of Amazon EventBridge, those that an event meets; {@link io.signalbox.rules.ScoreModel}
 * turns them into a score with its reasons. Pure functions of their arguments: no clock, no I/O, no shared state.
 */
package io.signalbox.rules;
