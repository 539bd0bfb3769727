/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC (RFC 2104) by the hashes that vendors use. With SHA-1 it is still sound as a proof of origin: what is broken is
 * SHA-1's resistance to collisions, which HMAC does not rest on (RFC 6194 section 3.3).
 */
public enum Hmac {
    SHA1("HmacSHA1", 20),
    SHA256("HmacSHA256", 32),
    SHA512("HmacSHA512", 64);

    private final String name;
    private final int bytes;

    Hmac(String name, int bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** How many bytes a MAC has. */
    public int bytes() {
        return bytes;
    }

    /** The MAC of the parts in a row. The key must not be empty. */
    public byte[] of(byte[] key, byte[]... parts) {
        if (this == SHA256) {
            return Signatures.hmacSha256(key, parts);
        }
        try {
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + name, e);
        }
    }
}
