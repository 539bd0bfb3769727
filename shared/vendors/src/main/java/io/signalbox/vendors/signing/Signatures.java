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

    /** One a thread, with its key: looking the algorithm up costs as much as 1 KB of HMAC. */
    private static final ThreadLocal<Keyed> MAC = new ThreadLocal<>();

    private record Keyed(Mac mac, byte[] key) {}

    private Signatures() {}

    /** HMAC-SHA256 of the parts in a row. The key must not be empty. */
    public static byte[] hmacSha256(byte[] key, byte[]... parts) {
        try {
            var mac = mac(key);
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    /** Most requests in a row are of one connection, so the key is most often the one that was used last. */
    private static Mac mac(byte[] key) throws GeneralSecurityException {
        var last = MAC.get();
        if (last != null && MessageDigest.isEqual(last.key, key)) {
            return last.mac;
        }
        var mac = last == null ? Mac.getInstance(HMAC) : last.mac;
        // A failure must not leave a key behind that the MAC does not have.
        MAC.remove();
        mac.init(new SecretKeySpec(key, HMAC));
        MAC.set(new Keyed(mac, key.clone()));
        return mac;
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
