/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The whole system on one machine: {@link io.signalbox.local.Instance} for programs and tests, {@link
 * io.signalbox.local.Up} for people.
 */
package io.signalbox.local;
