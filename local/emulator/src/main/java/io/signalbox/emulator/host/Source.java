/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

/** Something that wakes a function by itself: a queue, a stream, a schedule. */
interface Source {

    /**
     * Takes what is there at this moment, waits for nothing, and has handled it on return.
     *
     * @return whether there was anything
     */
    boolean step();

    /** Works until the thread is interrupted, with the waiting times of the template. */
    void run() throws InterruptedException;
}
