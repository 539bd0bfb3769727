/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Problem;
import io.signalbox.store.IdempotencyStore;
import io.signalbox.store.IdempotencyStore.Answer;
import io.signalbox.store.IdempotencyStore.Claim;
import io.signalbox.store.TooLarge;
import io.signalbox.store.Unavailable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header-07): a request that is repeated with its
 * key, within 24 hours and by the same client, is done once and answered as the first time.
 *
 * <p>Answers of success are kept. An error is not, for nothing was done: the same request may be tried again as it is. A
 * request whose fate is unknown, because the function crashed or the storage did not answer, may be repeated too; what it
 * has done is then recognised by its ids ({@link Once}).
 */
final class IdempotencyKeys {

    private static final String HEADER = "idempotency-key";
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Their answers hold a secret, once. It is taken out of what is kept. */
    private static final Set<String> REVEALING = Set.of("createConnection", "addConnectionSecret");

    private final Supplier<IdempotencyStore> store;
    private final InstantSource clock;
    private final RandomText random;

    IdempotencyKeys(Supplier<IdempotencyStore> store, InstantSource clock, RandomText random) {
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** Answers the call, or says once more what was answered before. */
    Response answer(Call call, Endpoint endpoint) throws Exception {
        var header = call.request().header(HEADER);
        var client = call.request().access().client();
        if (header.isEmpty()
                || !WRITES.contains(call.request().method())
                || call.operation().isPublic()) {
            return endpoint.answer(call.once(new Once(random.base64Url(16), clock.instant())));
        }
        var key = new IdempotencyStore.Key(client, text(header.get()));
        return switch (store.get().claim(key, fingerprint(call.request()))) {
            case Claim.Done(var answer) ->
                new Response(answer.status(), answer.headers(), answer.body()).with("Idempotency-Replayed", "true");
            case Claim.InProgress(var until) -> {
                var wait = Math.max(1, Duration.between(clock.instant(), until).toSeconds());
                throw Refusal.of(
                                ErrorCode.IDEMPOTENCY_IN_PROGRESS,
                                "A request with this Idempotency-Key is being worked on; try again after Retry-After.")
                        .with("Retry-After", Long.toString(Math.min(wait, 2)))
                        .with("X-Should-Retry", "true");
            }
            case Claim.Reused() ->
                throw Refusal.of(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key came with another request within the last 24 hours; draw a new one.");
            case Claim.Claimed claim -> run(call, endpoint, key, claim);
        };
    }

    private Response run(Call call, Endpoint endpoint, IdempotencyStore.Key key, Claim.Claimed claim) throws Exception {
        var once = new Once(key.client() + "/" + key.text() + "/" + claim.first(), claim.first());
        Response response;
        try {
            response = endpoint.answer(call.once(once));
        } catch (Exception e) {
            lapse(key, claim);
            throw e;
        }
        try {
            store.get().complete(key, claim, kept(call, response));
        } catch (TooLarge _) {
            // It is done all the same; who repeats it does so in vain, for its ids are known.
            lapse(key, claim);
        } catch (Unavailable _) {
            return response;
        }
        return response;
    }

    private void lapse(IdempotencyStore.Key key, Claim.Claimed claim) {
        try {
            store.get().lapse(key, claim);
        } catch (Unavailable _) {
            return;
        }
    }

    private static Answer kept(Call call, Response response) {
        var body = REVEALING.contains(call.operation().id()) ? withoutSecret(response.body()) : response.body();
        return new Answer(response.status(), response.headers(), body);
    }

    private static byte[] withoutSecret(byte[] body) {
        try {
            if (Json.parse(body) instanceof Value.Obj(var members)) {
                var rest = new LinkedHashMap<>(members);
                rest.remove("secret");
                rest.remove("value");
                return Json.bytes(Value.of(rest));
            }
            return body;
        } catch (Json.Malformed e) {
            throw new IllegalStateException("an answer is not JSON", e);
        }
    }

    /** The key: a structured-field string, in quotes, or the same without them. */
    private static String text(String header) {
        return parse(header.strip()).orElseThrow(() -> {
            var message = "Idempotency-Key is 8 to 255 printable ASCII characters, best a UUID, in quotes or not.";
            return Refusal.of(
                    ErrorCode.MALFORMED_REQUEST,
                    message,
                    new Problem.Detail("Idempotency-Key", "INVALID_FORMAT", message));
        });
    }

    private static Optional<String> parse(String text) {
        var quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        var plain = quoted ? text.substring(1, text.length() - 1) : text;
        var fits = plain.length() >= 8
                && plain.length() <= 255
                && plain.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\' && c != ',');
        return fits ? Optional.of(plain) : Optional.empty();
    }

    private static String fingerprint(Request request) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            var type = MediaTypes.of(request.header("content-type"));
            for (var part : new String[] {request.method(), request.path(), request.rawQuery(), type}) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                sha.update(bytes);
            }
            // The precondition is part of what is asked for.
            sha.update(request.header("if-match").orElse("").getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            sha.update(request.header("if-none-match").orElse("").getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(request.body()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
