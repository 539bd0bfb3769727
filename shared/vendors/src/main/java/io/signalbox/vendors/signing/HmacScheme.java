/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A way to sign with HMAC, as data: most vendors differ in nothing else. Used by their packages as a constant, and built
 * from a connection's options where a user describes a sender of their own.
 *
 * @param name what a verdict calls it
 * @param header which holds the signature, in lower case
 * @param encoding of the signature
 * @param prefix what stands before it, as in {@code sha256=}; in a list, before each entry that counts
 * @param separator between the entries of a list, as in {@code t=…,v1=…}; empty for a header that holds one signature
 * @param time null when the request says none that is signed
 * @param idHeader which holds the delivery's id, in lower case; null when none is signed
 * @param keyForm how the connection's secrets are written
 */
public record HmacScheme(
        String name,
        String header,
        Hmac algorithm,
        TextForm encoding,
        String prefix,
        String separator,
        SignedTime time,
        String idHeader,
        SignedContent content,
        TextForm keyForm) {

    public HmacScheme {
        requireNonNull(name, "name is null");
        requireNonNull(header, "header is null");
        requireNonNull(algorithm, "algorithm is null");
        requireNonNull(encoding, "encoding is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(separator, "separator is null");
        requireNonNull(content, "content is null");
        requireNonNull(keyForm, "keyForm is null");
        if (content.hasTimestamp() != (time != null) || content.hasId() != (idHeader != null)) {
            throw new IllegalArgumentException("a time or an id is signed and not sent, or sent and not signed");
        }
    }

    /** One signature in a header, over the body alone, keyed by the secret's own characters. */
    public static HmacScheme ofBody(String name, String header, Hmac algorithm, TextForm encoding, String prefix) {
        return new HmacScheme(
                name, header, algorithm, encoding, prefix, "", null, null, SignedContent.BODY_ALONE, TextForm.TEXT);
    }

    /** {@code t=…,v1=…} as Stripe made it known: HMAC-SHA256 in hex over time, dot and body. */
    public static HmacScheme timeAndV1(String name, String header) {
        return new HmacScheme(
                name,
                header,
                Hmac.SHA256,
                TextForm.HEX,
                "v1=",
                ",",
                SignedTime.element("t", SignedTime.Unit.SECONDS),
                null,
                SignedContent.of("{timestamp}.{body}"),
                TextForm.TEXT);
    }

    /** Whether the request is signed so, by one of the connection's live secrets. Never throws. */
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return new HmacVerifier(this, request, connection, now).verdict();
    }

    /**
     * The headers by which a sender would prove a request.
     *
     * @param id of the delivery; null where none is signed
     */
    public Map<String, String> sign(String secret, String method, String url, Instant time, String id, byte[] body) {
        var written = this.time == null ? null : this.time.unit().write(time);
        var key = keyForm.read(secret);
        if (key == null || key.length == 0) {
            throw new IllegalArgumentException("the secret is no key");
        }
        var mac = algorithm.of(key, content.bytes(new SignedContent.Filling(method, base(url), written, id, body)));
        var signature = prefix + encoding.write(mac);
        var headers = new LinkedHashMap<String, String>();
        if (idHeader != null) {
            headers.put(idHeader, id);
        }
        if (this.time != null && !this.time.isElement()) {
            headers.put(this.time.name(), written);
        }
        headers.put(
                header,
                this.time != null && this.time.isElement()
                        ? this.time.name() + "=" + written + separator + signature
                        : signature);
        return headers;
    }

    /** A URL without its query. */
    static String base(String url) {
        var query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
