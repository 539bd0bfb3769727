/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What verifiers of all vendors are built of. Expected signatures are compared as text, in the one form the vendor
 * writes them, and in constant time: decoding the sender's text first would let variants of it through.
 */
public final class Signatures {

    private static final String HMAC = "HmacSHA256";

    /** One a thread: looking the algorithm up costs as much as 1 KB of HMAC. It is given its key on every use. */
    private static final ThreadLocal<Mac> MAC = new ThreadLocal<>();

    private Signatures() {}

    /** HMAC-SHA256 of the parts in a row. The key must not be empty. */
    public static byte[] hmacSha256(byte[] key, byte[]... parts) {
        try {
            var mac = MAC.get();
            if (mac == null) {
                mac = Mac.getInstance(HMAC);
                MAC.set(mac);
            }
            mac.init(new SecretKeySpec(key, HMAC));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    /** SHA-256 of the parts in a row, in lower-case hex. */
    public static String sha256Hex(byte[]... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                sha.update(part);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Standard base64 with padding (RFC 4648 section 4). */
    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether the two are the same text; takes equally long wherever they differ. */
    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
