/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

/** Told of each request that a queue answered, as SQS would bill it. */
@FunctionalInterface
public interface Meter {

    /** @param bytes bodies and attributes that travelled with it, either way */
    void request(String action, long bytes);
}
