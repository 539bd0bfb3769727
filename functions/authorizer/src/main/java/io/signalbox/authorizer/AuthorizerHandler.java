/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.authorizer;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.signalbox.authorizer.Decision.Allow;
import io.signalbox.authorizer.Decision.Deny;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Priming;
import io.signalbox.runtime.PublicUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lambda authorizer of the HTTP API: payload format 2.0, simple response, asked before every request, its answer never
 * cached by API Gateway (a cached one would be for another operation).
 *
 * <p>It always answers {@code isAuthorized: true} and puts its decision into the context. API Gateway's own refusal has
 * a body that cannot be changed; the API writes ours, and lets nobody in without an explicit {@code decision: allow}
 * here. Context: {@code decision}, {@code error_code}, {@code reason}, {@code client_id}, {@code scopes}.
 */
public final class AuthorizerHandler implements RequestStreamHandler {

    private final Env env;
    private final Clock clock;
    private final Log log;
    private final TokenCheck tokens;

    /** Kept because the snapshot's context holds what it calls by weak references only. */
    @SuppressWarnings("unused")
    private final Priming priming;

    public AuthorizerHandler() {
        this(Env.process(), Clock.systemUTC());
    }

    public AuthorizerHandler(Env env, Clock clock) {
        this(env, clock, SsmParameters.of(env), Log.of("authorizer", clock));
    }

    AuthorizerHandler(Env env, Clock clock, Parameters parameters, Log log) {
        this.env = requireNonNull(env, "env is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.log = requireNonNull(log, "log is null");
        this.tokens = new TokenCheck(new KeySet(parameters, clock), clock);
        this.priming = Priming.register(log, new Rehearsal(this, clock)::run);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        output.write(answer(input.readAllBytes()));
    }

    byte[] answer(byte[] event) {
        var started = clock.millis();
        var line = Log.line();
        Decision decision;
        try {
            decision = decide(Json.parse(event), line);
        } catch (Json.Malformed | RuntimeException e) {
            log.error("cannot decide", Log.line().with(e));
            decision = new Deny(ErrorCode.INTERNAL, "internal", "");
        }
        var context = context(decision);
        context.forEach((name, value) -> line.with(name, value.asText()));
        log.info("authorized", line.with("ms", clock.millis() - started));
        return Json.bytes(Value.of(Map.of("isAuthorized", Value.TRUE, "context", Value.of(context))));
    }

    private Decision decide(Value event, Log.Line line) {
        var request = event.at("requestContext");
        var method =
                Optional.ofNullable(request.at("http").at("method").asText()).orElse("");
        var path = Optional.ofNullable(event.at("rawPath").asText()).orElse("");
        line.with("request_id", request.at("requestId").asText());

        var decision = tokens.check(
                authorization(event.at("headers")),
                PublicUrl.of(env, request.at("domainName").asText()));
        if (Operations.match(method, path) instanceof Operations.Match.Found found) {
            line.with("operation", found.operation().id());
            return decision instanceof Allow allow ? scoped(allow, found.operation()) : decision;
        }
        return decision;
    }

    private static Decision scoped(Allow allow, Operation operation) {
        var missing = operation
                .scope()
                .filter(scope -> !Scope.parseAll(allow.scopes()).contains(scope));
        return missing.isEmpty() ? allow : new Deny(ErrorCode.INSUFFICIENT_SCOPE, "scope", allow.clientId());
    }

    /** Two headers, in whatever letters, come out as a value that no token can be. */
    private static String authorization(Value headers) {
        if (!(headers instanceof Value.Obj(var all))) {
            return null;
        }
        String found = null;
        for (var header : all.entrySet()) {
            if (header.getKey().equalsIgnoreCase("authorization")) {
                found = found == null
                        ? header.getValue().asText()
                        : found + "," + header.getValue().asText();
            }
        }
        return found;
    }

    private static Map<String, Value> context(Decision decision) {
        var context = new LinkedHashMap<String, Value>();
        switch (decision) {
            case Allow(var clientId, var scopes) -> {
                context.put("decision", Value.of("allow"));
                context.put("client_id", Value.of(clientId));
                context.put("scopes", Value.of(scopes));
            }
            case Deny(var code, var reason, var clientId) -> {
                context.put("decision", Value.of("deny"));
                context.put("error_code", Value.of(code.name()));
                context.put("reason", Value.of(reason));
                context.put("client_id", Value.of(clientId));
            }
        }
        return context;
    }
}
