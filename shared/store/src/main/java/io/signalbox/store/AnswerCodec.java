/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.store.IdempotencyStore.Answer;
import java.io.ByteArrayOutputStream;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Answers in a pack; the body, which may be any bytes, deflated by itself. */
final class AnswerCodec {

    private AnswerCodec() {}

    /** @throws TooLarge if no item can hold it */
    static byte[] encode(Answer answer) {
        var out = new PackWriter();
        out.number(answer.status());
        out.number(answer.headers().size());
        answer.headers().forEach((name, value) -> {
            out.text(name);
            out.text(value);
        });
        var deflated = deflate(answer.body());
        out.number(answer.body().length);
        out.number(deflated.length);
        out.raw(deflated);
        var bytes = out.finish();
        if (bytes.length > TooLarge.LIMIT_BYTES) {
            throw new TooLarge("an answer", bytes.length);
        }
        return bytes;
    }

    static Answer decode(byte[] bytes) {
        var in = new PackReader(bytes);
        var status = in.small();
        var headers = new TreeMap<String, String>();
        for (var i = in.small(); i > 0; i--) {
            headers.put(in.text(), in.text());
        }
        var length = Math.toIntExact(in.number());
        var body = inflate(in.rawBytes(in.within(in.number())), length);
        in.end();
        return new Answer(status, headers, body);
    }

    private static byte[] deflate(byte[] plain) {
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(plain);
            deflater.finish();
            var out = new ByteArrayOutputStream(plain.length / 4 + 64);
            var buffer = new byte[8 << 10];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static byte[] inflate(byte[] deflated, int length) {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            var plain = new byte[length];
            var at = 0;
            while (at < length) {
                var more = inflater.inflate(plain, at, length - at);
                if (more == 0) {
                    throw new CorruptItem("an answer's body is shorter than it says");
                }
                at += more;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new CorruptItem("an answer's body cannot be inflated", e);
        }
    }
}
