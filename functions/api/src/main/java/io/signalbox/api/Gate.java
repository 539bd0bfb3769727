/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Operations.Match;
import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way in: finds the operation, asks for the scope the table gives it, and hands over to its endpoint. It believes
 * the authorizer who the caller is, and checks the scope itself again.
 */
final class Gate {

    private static final String REALM = "Bearer realm=\"signalbox\"";

    private final Families families;
    private final Supplier<Optional<Meter>> meter;
    private final IdempotencyKeys keys;

    /** @param meter what counts and limits calls; empty where nothing does */
    Gate(Families families, Supplier<Optional<Meter>> meter, IdempotencyKeys keys) {
        this.families = requireNonNull(families, "families is null");
        this.meter = requireNonNull(meter, "meter is null");
        this.keys = requireNonNull(keys, "keys is null");
    }

    /** The operation a request is for: what its log line says. Empty when it is for none. */
    static String operationOf(Request request) {
        return Operations.match(request.method(), request.path()) instanceof Match.Found found
                ? found.operation().id()
                : "";
    }

    Response answer(Request request) throws Exception {
        var allowed = request.method().equals("OPTIONS") ? Operations.methods(request.path()) : List.<String>of();
        if (!allowed.isEmpty()) {
            return Response.empty(204).with("Allow", String.join(", ", allowed));
        }
        return switch (Operations.match(request.method(), request.path())) {
            case Match.Found(var operation, var variables) -> {
                operation.scope().ifPresent(scope -> require(scope, request));
                yield metered(new Call(request, operation, variables));
            }
            case Match.OtherMethods(var methods) -> {
                requireToken(request);
                throw Refusal.of(
                                ErrorCode.METHOD_NOT_ALLOWED,
                                "This path does not answer " + shown(request.method()) + "; see Allow.")
                        .with("Allow", String.join(", ", methods));
            }
            case Match.Nothing() -> {
                requireToken(request);
                throw noRoute(request.path());
            }
        };
    }

    /** Nobody but a client whose token holds the scope has its calls counted: what is refused before costs it nothing. */
    private Response metered(Call call) throws Exception {
        var counts = meter.get();
        return counts.isPresent() ? counts.get().answer(call, this::serve) : serve(call);
    }

    private Response serve(Call call) throws Exception {
        var endpoint = families.endpoint(call.operation());
        var type = endpoint.mediaType();
        if (!MediaTypes.takes(call.request().header("accept"), type)) {
            throw Refusal.of(ErrorCode.NOT_ACCEPTABLE, "The answer is " + type + ", which Accept leaves out.");
        }
        Bodies.checkSize(call.request());
        var response = keys.answer(call, endpoint);
        return call.operation().method().equals("GET")
                ? response.unlessMatched(call.request().header("if-none-match").orElse(null))
                : response;
    }

    /** Nobody without a token learns what is and is not under {@code /api}. */
    private static void requireToken(Request request) {
        if (request.path().startsWith("/api/")) {
            granted(request);
        }
    }

    private static Access.Granted granted(Request request) {
        return switch (request.access()) {
            case Access.Granted granted -> granted;
            case Access.Denied denied -> throw denial(denied.code(), denied.reason());
        };
    }

    static void require(Scope scope, Request request) {
        var access = request.access();
        var missing = access instanceof Access.Denied denied && denied.code() == ErrorCode.INSUFFICIENT_SCOPE;
        if (missing || !granted(request).scopes().contains(scope)) {
            throw Refusal.of(ErrorCode.INSUFFICIENT_SCOPE, "The access token lacks the scope " + scope + ".")
                    .saying("required_scopes", Value.of(List.of(Value.of(scope.toString()))))
                    .with("WWW-Authenticate", REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
        }
    }

    private static Refusal denial(ErrorCode code, String reason) {
        if (code == ErrorCode.UNAVAILABLE || code == ErrorCode.INTERNAL) {
            return Refusal.of(ErrorCode.UNAVAILABLE, "Access tokens cannot be checked at the moment; try again.")
                    .with("Retry-After", "2");
        }
        if (code == ErrorCode.TOKEN_EXPIRED) {
            return Refusal.of(code, "The access token has expired; get another from /oauth/token.")
                    .with("WWW-Authenticate", REALM + ", error=\"invalid_token\", error_description=\"expired\"");
        }
        // Without credentials no error is named: RFC 6750 section 3.1.
        var none = reason.equals("no_credentials") || reason.equals("no_context");
        var message = none
                ? "Send an access token: Authorization: Bearer …; get one from /oauth/token."
                : "The access token is not one of ours; get one from /oauth/token.";
        return Refusal.of(ErrorCode.UNAUTHENTICATED, message)
                .with("WWW-Authenticate", none ? REALM : REALM + ", error=\"invalid_token\"");
    }

    private static Refusal noRoute(String path) {
        var templates =
                Operations.ALL.stream().map(Operation::template).distinct().toList();
        var nearest = Nearest.to(path, templates);
        var refusal = Refusal.of(
                ErrorCode.ROUTE_NOT_FOUND,
                nearest.map(template -> "There is no such path; the nearest is " + template + ".")
                        .orElse("There is no such path; GET /api/v4 lists where to start."));
        return nearest.map(template -> refusal.saying("nearest_route", Value.of(template)))
                .orElse(refusal);
    }

    private static String shown(String method) {
        return method.length() <= 10 && method.chars().allMatch(c -> c >= 'A' && c <= 'Z') ? method : "that method";
    }
}
