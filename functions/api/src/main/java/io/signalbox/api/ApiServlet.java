/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Problem;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.Unavailable;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/**
 * The servlet that is the API: whatever happens, it answers in JSON with the headers every answer has, and prints one
 * log line without anything personal in it.
 */
final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Where {@link ApiContainer} leaves the {@link Request}. */
    static final String REQUEST = "io.signalbox.api.request";

    private static final Map<String, String> ALWAYS = Map.of(
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store",
            "Vary", "Accept, Authorization");

    private final transient Gate gate;
    private final transient ConsumedUnits units;
    private final transient InstantSource clock;
    private final transient Log log;

    ApiServlet(Gate gate, ConsumedUnits units, InstantSource clock, Log log) {
        this.gate = requireNonNull(gate, "gate is null");
        this.units = requireNonNull(units, "units is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.log = requireNonNull(log, "log is null");
    }

    @Override
    protected void service(HttpServletRequest from, HttpServletResponse to) throws IOException {
        var response = answer((Request) from.getAttribute(REQUEST));
        to.setStatus(response.status());
        response.headers().forEach(to::setHeader);
        to.getOutputStream().write(response.body());
        to.flushBuffer();
    }

    Response answer(Request request) {
        var started = clock.millis();
        var line = Log.line()
                .with("operation", Gate.operationOf(request))
                .with("client", request.access().client());
        var response = attempt(request, line);
        for (var header : ALWAYS.entrySet()) {
            response = response.withDefault(header.getKey(), header.getValue());
        }
        // Pages of this origin only: the explorer. A browser elsewhere has no business with a client's secret.
        response = response.withDefault(
                "Access-Control-Allow-Origin", request.url().base());
        response = response.with("X-Correlation-Id", request.correlationId());
        // Lambda sends one request at a time; a host that sends several sees their units on whichever ends first.
        var used = units.take();
        log.info(
                "request",
                line.with("status", response.status())
                        .with("read_units", used.read())
                        .with("write_units", used.written())
                        .with("ms", clock.millis() - started)
                        .with("correlation_id", request.correlationId()));
        return request.method().equals("HEAD") ? response.withoutBody() : response;
    }

    private Response attempt(Request request, Log.Line line) {
        try {
            return gate.answer(request);
        } catch (Refusal refusal) {
            return problem(request, refusal, line);
        } catch (Unavailable | ParametersUnavailable e) {
            line.with(e);
            return problem(
                    request,
                    Refusal.of(ErrorCode.UNAVAILABLE, "The storage does not answer at the moment; try again.")
                            .with("Retry-After", "2"),
                    line);
        } catch (Exception e) {
            line.with(e);
            return problem(
                    request,
                    Refusal.of(ErrorCode.INTERNAL, "Something is wrong on our side; the log has it by correlation id."),
                    line);
        }
    }

    static Response problem(Request request, Refusal refusal, Log.Line line) {
        var problem = refusal.problem();
        line.with("error_code", problem.code().name());
        var body = problem.body(request.url().base(), request.correlationId());
        var response = new Response(problem.code().status(), refusal.headers(), body);
        return response.withDefault("Content-Type", MediaTypes.ofProblem(request.header("accept")));
    }

    /** The answer to an event that cannot be made a request of at all. */
    static byte[] unreadable(String correlationId) {
        return Problem.of(ErrorCode.MALFORMED_REQUEST, "The request cannot be read.")
                .body("", correlationId);
    }
}
