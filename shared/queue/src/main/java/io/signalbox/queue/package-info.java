/* SPDX-License-Identifier: Apache-2.0 */
/** The envelope a delivery travels in and the queues it travels on: a port with an SQS adapter and one in memory. */
package io.signalbox.queue;
