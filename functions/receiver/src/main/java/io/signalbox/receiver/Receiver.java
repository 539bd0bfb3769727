/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.ErrorCode;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.EventQueue;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Problem;
import io.signalbox.runtime.PublicUrl;
import io.signalbox.vendors.Handshake;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Decides about one request. It is accepted only after the queue has it; whatever stands in the way is an answer that is
 * not 2xx, so that the sender tries again.
 *
 * <p>Order matters: who it is for, then whether it can be a delivery, then the signature. Nothing is remembered of a
 * request that is not proven, and what it says is never looked at.
 */
final class Receiver {

    private static final String RETRY_SECONDS = "10";

    private final Env env;
    private final ConnectionParameters connections;
    private final EventQueue queue;
    private final Refusals refusals;
    private final InstantSource time;

    Receiver(Env env, ConnectionParameters connections, EventQueue queue, InstantSource time) {
        this.env = requireNonNull(env, "env is null");
        this.connections = requireNonNull(connections, "connections is null");
        this.queue = requireNonNull(queue, "queue is null");
        this.time = requireNonNull(time, "time is null");
        refusals = new Refusals(queue);
    }

    Answer receive(HookRequest request, String correlationId) {
        var vendor = Vendors.find(request.vendor()).orElse(null);
        if (vendor != null && !answers(vendor, request.method())) {
            return otherMethod(request, correlationId, vendor);
        }
        if (vendor == null || !ConnectionId.isValid(request.connection())) {
            return unknown(request, correlationId);
        }
        Connection connection;
        try {
            connection =
                    connections.load(new ConnectionId(request.connection())).orElse(null);
        } catch (ParametersUnavailable e) {
            return unavailable(request, correlationId, "PARAMETERS_UNAVAILABLE");
        }
        if (connection == null || !connection.vendor().value().equals(request.vendor())) {
            return unknown(request, correlationId);
        }
        return receive(request, correlationId, vendor, connection);
    }

    private Answer receive(HookRequest request, String correlationId, Vendor vendor, Connection connection) {
        var now = time.instant();
        if (vendor.handshakeMethods().contains(request.method())) {
            return greet(request, correlationId, vendor, connection, now);
        }
        if (request.body().length > DeliveryCodec.MAX_BODY_BYTES) {
            return tooLarge(request, correlationId, connection, now);
        }
        if (!isExpected(request.headers().first("content-type"), vendor)) {
            var hint = advised(
                    "Send one of the media types " + String.join(", ", new TreeSet<>(vendor.mediaTypes())) + ".",
                    vendor);
            var answer = problem(
                    request,
                    correlationId,
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "UNSUPPORTED_MEDIA_TYPE",
                    hint,
                    null,
                    null);
            return noted(request, correlationId, connection, now, answer, hint);
        }
        var inbound = inbound(request);
        var verdict = vendor.verify(inbound, connection, now);
        if (verdict instanceof Verdict.Refused refused) {
            return unproven(request, correlationId, connection, now, refused.reason(), refused.hint());
        }
        var answered = vendor.answer(inbound, connection);
        if (answered.isPresent()) {
            return Answer.of("greeted", answered.get());
        }
        var delivery = new Delivery(
                vendor.id(),
                connection.id(),
                now,
                correlationId,
                vendor.kept(inbound, connection),
                vendor.bodyToKeep(inbound, connection));
        if (!DeliveryCodec.fits(delivery)) {
            return tooLarge(request, correlationId, connection, now);
        }
        try {
            queue.send(delivery);
        } catch (QueueUnavailable e) {
            return unavailable(request, correlationId, "QUEUE_UNAVAILABLE");
        }
        return vendor.acknowledgement(inbound)
                .map(reply -> Answer.of("accepted", reply))
                .orElse(Answer.ACCEPTED);
    }

    private static InboundRequest inbound(HookRequest request) {
        return new InboundRequest(request.method(), request.rawQuery(), request.headers(), request.body());
    }

    private static boolean answers(Vendor vendor, String method) {
        return vendor.methods().contains(method) || vendor.handshakeMethods().contains(method);
    }

    private Answer otherMethod(HookRequest request, String correlationId, Vendor vendor) {
        var allowed = new TreeSet<>(vendor.methods());
        allowed.addAll(vendor.handshakeMethods());
        return problem(
                request,
                correlationId,
                ErrorCode.METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                advised(
                        "Webhooks of this vendor are sent by " + String.join(", ", new TreeSet<>(vendor.methods()))
                                + "; it has no handshake by this method.",
                        vendor),
                "allow",
                String.join(", ", allowed));
    }

    private static String advised(String message, Vendor vendor) {
        return vendor.sendingAdvice().isEmpty() ? message : message + " " + vendor.sendingAdvice();
    }

    private Answer greet(HookRequest request, String correlationId, Vendor vendor, Connection connection, Instant now) {
        return switch (vendor.greet(inbound(request), connection, now)) {
            case Handshake.Answered(var reply) -> Answer.of("greeted", reply);
            case Handshake.Refused(var reason, var hint) ->
                unproven(request, correlationId, connection, now, reason, hint);
        };
    }

    private Answer unproven(
            HookRequest request,
            String correlationId,
            Connection connection,
            Instant now,
            Verdict.Reason reason,
            String hint) {
        var answer = problem(
                request,
                correlationId,
                ErrorCode.SIGNATURE_INVALID,
                reason.name(),
                "The signature does not prove who sent this request. The connection's owner finds the reason in its"
                        + " list of rejected requests.",
                null,
                null);
        return noted(request, correlationId, connection, now, answer, hint);
    }

    /** A missing content type is let pass: HubSpot documents none, and the signature decides anyway. */
    private static boolean isExpected(String contentType, Vendor vendor) {
        if (contentType == null) {
            return true;
        }
        var semicolon = contentType.indexOf(';');
        var type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return vendor.mediaTypes().contains(type.strip().toLowerCase(Locale.ROOT));
    }

    private Answer tooLarge(HookRequest request, String correlationId, Connection connection, Instant now) {
        var hint =
                "The limit is " + DeliveryCodec.MAX_BODY_BYTES + " bytes of JSON in UTF-8. Send fewer events at once.";
        var answer =
                problem(request, correlationId, ErrorCode.PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", hint, null, null);
        return noted(request, correlationId, connection, now, answer, hint);
    }

    private Answer noted(
            HookRequest request, String correlationId, Connection connection, Instant now, Answer answer, String hint) {
        refusals.note(connection.id(), request, now, answer, hint, correlationId);
        return answer;
    }

    private Answer unknown(HookRequest request, String correlationId) {
        return problem(
                request,
                correlationId,
                ErrorCode.NOT_FOUND,
                "UNKNOWN_CONNECTION",
                "There is no such connection of such a vendor. Use the URL that was answered when it was created.",
                null,
                null);
    }

    private Answer unavailable(HookRequest request, String correlationId, String reason) {
        return problem(
                request,
                correlationId,
                ErrorCode.UNAVAILABLE,
                reason,
                "The request was not kept. Send it again.",
                "retry-after",
                RETRY_SECONDS);
    }

    /** An answer for a failure nobody foresaw: the sender is to try again. */
    Answer internal(HookRequest request, String correlationId) {
        return problem(
                request,
                correlationId,
                ErrorCode.INTERNAL,
                "INTERNAL",
                "The request was not kept. Send it again.",
                "retry-after",
                RETRY_SECONDS);
    }

    private Answer problem(
            HookRequest request,
            String correlationId,
            ErrorCode code,
            String reason,
            String message,
            String header,
            String value) {
        var base = PublicUrl.of(env, request.domainName() == null ? "localhost" : request.domainName())
                .base();
        var body = new String(Problem.of(code, message).body(base, correlationId), StandardCharsets.UTF_8);
        var outcome = code.status() >= 500 ? "unavailable" : "refused";
        return new Answer(code.status(), outcome, reason, Problem.MEDIA_TYPE, body, header, value);
    }
}
