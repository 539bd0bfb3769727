/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

/**
 * A JSON Web Signature in compact form (RFC 7515) with ES256 (RFC 7518 section 3.4), over the JDK's own ECDSA. There is
 * no choice of algorithm, so there is none to confuse; and no library to load, which matters to a function that runs
 * before every request.
 *
 * <p>Parsing is strict: three parts, each canonical base64url, the first two JSON objects without duplicate keys. Two
 * different texts are therefore never the same token.
 *
 * @param signed the text the signature is over
 */
public record Jws(Value.Obj header, Value.Obj payload, String signed, byte[] signature) {

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final int MAX_CHARS = 8_192;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    public Jws {
        requireNonNull(header, "header is null");
        requireNonNull(payload, "payload is null");
        requireNonNull(signed, "signed is null");
        requireNonNull(signature, "signature is null");
    }

    /** Not a token in compact form; the message holds nothing of it. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** Takes a token apart; says nothing about its signature. */
    public static Jws parse(String token) throws Malformed {
        if (token.length() > MAX_CHARS) {
            throw new Malformed("longer than " + MAX_CHARS + " characters");
        }
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new Malformed("not three parts");
        }
        return new Jws(object(decode(parts[0])), object(decode(parts[1])), parts[0] + "." + parts[1], decode(parts[2]));
    }

    /** The JDK takes padding and stray low bits too; what does not encode back to itself is refused. */
    private static byte[] decode(String part) throws Malformed {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            if (!part.isEmpty() && ENCODER.encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // The same complaint as for what decodes, but not back.
        }
        throw new Malformed("a part is not canonical base64url");
    }

    private static Value.Obj object(byte[] json) throws Malformed {
        try {
            if (Json.parse(json) instanceof Value.Obj object) {
                return object;
            }
        } catch (Json.Malformed _) {
            // Its message speaks of the place in a part, which helps nobody.
        }
        throw new Malformed("a part is not a JSON object");
    }

    /** Whether this key made the signature. */
    public boolean isSignedBy(PublicKey key) {
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(signature);
        } catch (SignatureException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot check ES256", e);
        }
    }

    /** Signs; {@code header} must say {@code alg: ES256} and the key's {@code kid}. */
    public static String sign(Value.Obj header, Value.Obj payload, PrivateKey key) throws InvalidKeyException {
        var signed = ENCODER.encodeToString(Json.bytes(header)) + "." + ENCODER.encodeToString(Json.bytes(payload));
        try {
            var signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + ENCODER.encodeToString(signer.sign());
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot sign with ES256", e);
        }
    }

    /** The public key of a JSON Web Key (RFC 7517) on the curve P-256. */
    public static PublicKey publicKey(Value jwk) throws InvalidKeyException {
        try {
            var point = new ECPoint(coordinate(jwk, "x"), coordinate(jwk, "y"));
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve(jwk)));
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the key is not one of P-256");
        }
    }

    /** The private key of a JSON Web Key on the curve P-256. */
    public static PrivateKey privateKey(Value jwk) throws InvalidKeyException {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(coordinate(jwk, "d"), curve(jwk)));
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the key is not one of P-256");
        }
    }

    private static ECParameterSpec curve(Value jwk) throws GeneralSecurityException {
        if (!"EC".equals(jwk.at("kty").asText())
                || !"P-256".equals(jwk.at("crv").asText())) {
            throw new InvalidKeyException("the key is not one of P-256");
        }
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static BigInteger coordinate(Value jwk, String name) throws InvalidKeyException {
        try {
            if (jwk.at(name) instanceof Value.Text(var text)) {
                return new BigInteger(1, Base64.getUrlDecoder().decode(text));
            }
        } catch (IllegalArgumentException _) {
            // Not quoted: the private key's number is among these.
        }
        throw new InvalidKeyException("the key's " + name + " is missing or not base64url");
    }
}
