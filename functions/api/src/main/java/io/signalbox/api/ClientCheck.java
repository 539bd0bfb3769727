/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.store.ControlStore;
import io.signalbox.store.ControlStore.ApiClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whether a client is who it says. Secrets have 256 random bits, so one SHA-256 is all the hash they need; it is
 * compared in constant time, and also when there is no such client, so that neither takes longer.
 */
final class ClientCheck {

    private static final String NOBODY = "0".repeat(64);

    private final ControlStore control;

    ClientCheck(ControlStore control) {
        this.control = requireNonNull(control, "control is null");
    }

    ApiClient authenticate(TokenRequest request) throws OAuthError {
        var client = request.clientId().length() <= 200
                ? control.client(request.clientId())
                : java.util.Optional.<ApiClient>empty();
        var expected = client.map(ApiClient::secretHash).orElse(NOBODY).getBytes(StandardCharsets.US_ASCII);
        var given = sha256(request.clientSecret()).getBytes(StandardCharsets.US_ASCII);
        var equal = MessageDigest.isEqual(expected, given);
        if (!equal || client.isEmpty()) {
            throw OAuthError.invalidClient(request.basic());
        }
        return client.get();
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
