/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

/** JSON Pointers (RFC 6901) into a request's body. */
final class Pointers {

    private static final int SHOWN = 100;

    private Pointers() {}

    /** One step, without the slash before it; cut where a name is endless. */
    static String step(String name) {
        var shown = name.length() <= SHOWN ? name : name.substring(0, SHOWN);
        return shown.replace("~", "~0").replace("/", "~1");
    }
}
