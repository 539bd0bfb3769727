/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) over the JDK's own. A class of its own, so that senders with HMAC do not load it. */
final class Ed25519 {

    /** What stands before the 32 bytes of a key in the X.509 form that the JDK reads (RFC 8410). */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static boolean verifies(byte[] publicKey, byte[] signature, byte[]... parts) {
        try {
            var encoded = new byte[X509_HEAD.length + publicKey.length];
            System.arraycopy(X509_HEAD, 0, encoded, 0, X509_HEAD.length);
            System.arraycopy(publicKey, 0, encoded, X509_HEAD.length, publicKey.length);
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            for (var part : parts) {
                verifier.update(part);
            }
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
