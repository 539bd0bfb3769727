/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import java.util.List;

/**
 * Secrets that stand in documentation and test suites: whoever configured one of them by mistake would let everybody
 * in.
 */
public final class PublicSecrets {

    private static final List<String> KNOWN = List.of(
            // developers.hubspot.com, "Validating requests", and the test suites of HubSpot's SDKs
            "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
            // github.com/standard-webhooks/standard-webhooks, test suites of its libraries
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            // github.com/svix/svix-webhooks, server tests: both halves of the pair
            "6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
            "1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
            // api.slack.com, "Verifying requests from Slack"
            "8f742231b10e8888abcd99yyyzzz85a5",
            // developer.zendesk.com: the secret of every webhook under test
            "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==");

    private PublicSecrets() {}

    /** Whether the secret, without the prefix its scheme gives it, is known to the world. */
    public static boolean contains(String bareSecret) {
        return KNOWN.contains(bareSecret.strip());
    }
}
