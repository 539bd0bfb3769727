/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.gateway;

/** What the gateway answers by itself: a status and API Gateway's own body, {@code {"message":"Not Found"}}. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    static Refusal internalError() {
        return new Refusal(500, "Internal Server Error");
    }

    static Refusal unavailable() {
        return new Refusal(503, "Service Unavailable");
    }
}
