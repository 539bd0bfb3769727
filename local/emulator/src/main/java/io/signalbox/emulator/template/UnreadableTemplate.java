/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

/** The template says something that this machine cannot stand in for; the message gives the line and the path to it. */
public final class UnreadableTemplate extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableTemplate(String message) {
        super(message);
    }
}
