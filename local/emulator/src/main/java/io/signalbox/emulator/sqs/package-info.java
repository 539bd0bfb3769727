/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Standard queues with the rules of SQS, in memory or kept in one append-only log. {@link
 * io.signalbox.emulator.sqs.Queues} is the door.
 */
package io.signalbox.emulator.sqs;
