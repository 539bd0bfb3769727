/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where a listing goes on: an opaque text that holds a position, signed so that nobody makes one up, bound to the
 * client, operation, path and query it was given for, good for a day. The key is the parameter {@code api/cursor-key}, made by whoever
 * needs it first.
 */
final class Cursors {

    private static final String PARAMETER = "api/cursor-key";
    static final Duration LIFETIME = Duration.ofDays(1);
    private static final int SIGNATURE_BYTES = 16;

    private final Parameters parameters;
    private final InstantSource clock;
    private final RandomText random;

    private byte[] key;

    Cursors(Parameters parameters, InstantSource clock, RandomText random) {
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** The cursor that stands after this position in the listing that the call asked for. */
    String write(Call call, String position) throws ParametersUnavailable {
        return write(call, query(call), position, LIFETIME);
    }

    /**
     * @param about what the listing is of, besides the operation and its path
     * @param lifetime how long it is good for
     */
    String write(Call call, String about, String position, Duration lifetime) throws ParametersUnavailable {
        var text = position.getBytes(StandardCharsets.UTF_8);
        var expiry = clock.instant().plus(lifetime).getEpochSecond();
        var payload =
                ByteBuffer.allocate(8 + text.length).putLong(expiry).put(text).array();
        var whole = ByteBuffer.allocate(SIGNATURE_BYTES + payload.length)
                .put(signature(call, about, payload))
                .put(payload)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** The position of a cursor that {@link #write} gave out for the same listing. */
    String read(Call call, String cursor) throws ParametersUnavailable {
        return read(call, query(call), cursor);
    }

    /** @param about what was said when it was written */
    String read(Call call, String about, String cursor) throws ParametersUnavailable {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
        if (whole.length < SIGNATURE_BYTES + 8) {
            throw invalid();
        }
        var payload = Arrays.copyOfRange(whole, SIGNATURE_BYTES, whole.length);
        if (!MessageDigest.isEqual(Arrays.copyOf(whole, SIGNATURE_BYTES), signature(call, about, payload))) {
            throw invalid();
        }
        if (ByteBuffer.wrap(payload).getLong() < clock.instant().getEpochSecond()) {
            throw Refusal.of(ErrorCode.CURSOR_INVALID, "The cursor has expired; start again without after.");
        }
        return new String(payload, 8, payload.length - 8, StandardCharsets.UTF_8);
    }

    static Refusal invalid() {
        return Refusal.of(
                ErrorCode.CURSOR_INVALID,
                "after is not a cursor of this listing; take it from paging.next.after or start without.");
    }

    private byte[] signature(Call call, String about, byte[] payload) throws ParametersUnavailable {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(), "HmacSHA256"));
            mac.update(call.operation().id().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(call.request().path().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(call.client().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(about.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(payload), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot do HMAC-SHA256", e);
        }
    }

    /** What the listing is of: the query but for the page, in any order. */
    private static String query(Call call) {
        return Request.form(call.request().rawQuery()).stream()
                .filter(one -> !Set.of("after", "limit", "access_token").contains(one.getKey()))
                .map(one -> one.getKey() + "=" + one.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private synchronized byte[] key() throws ParametersUnavailable {
        if (key == null) {
            var text = parameters.get(PARAMETER);
            if (text.isEmpty()) {
                // Of two who create it at once one wins, and both read what the winner wrote.
                parameters.create(PARAMETER, random.base64Url(32));
                text = parameters.get(PARAMETER);
            }
            key = Base64.getUrlDecoder()
                    .decode(text.orElseThrow(() -> new ParametersUnavailable("the cursor key is not there yet", null)));
        }
        return key;
    }
}
