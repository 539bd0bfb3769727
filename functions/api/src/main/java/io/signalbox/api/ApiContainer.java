/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import com.amazonaws.serverless.exceptions.InvalidRequestEventException;
import com.amazonaws.serverless.proxy.AwsHttpApiV2SecurityContextWriter;
import com.amazonaws.serverless.proxy.ExceptionHandler;
import com.amazonaws.serverless.proxy.internal.servlet.AwsHttpApiV2HttpServletRequestReader;
import com.amazonaws.serverless.proxy.internal.servlet.AwsHttpServletRequest;
import com.amazonaws.serverless.proxy.internal.servlet.AwsHttpServletResponse;
import com.amazonaws.serverless.proxy.internal.servlet.AwsLambdaServletContainerHandler;
import com.amazonaws.serverless.proxy.internal.servlet.AwsProxyHttpServletResponseWriter;
import com.amazonaws.serverless.proxy.model.AwsProxyResponse;
import com.amazonaws.serverless.proxy.model.ContainerConfig;
import com.amazonaws.serverless.proxy.model.HttpApiV2ProxyRequest;
import com.amazonaws.services.lambda.runtime.Context;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Problem;
import io.signalbox.runtime.PublicUrl;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A servlet container without a socket: aws-serverless-java-container-core with one servlet. The only class that knows
 * the library.
 *
 * <p>What the library would lose or fail on is taken from the event before it sees it: it splits header values at
 * commas, throws on a query such as {@code ?=}, folds slashes in paths, and writes bodies in Latin-1 unless told.
 */
final class ApiContainer
        extends AwsLambdaServletContainerHandler<
                HttpApiV2ProxyRequest, AwsProxyResponse, HttpServletRequest, AwsHttpServletResponse> {

    private final HttpServlet servlet;

    ApiContainer(HttpServlet servlet, Env env, RandomText random) {
        super(
                HttpApiV2ProxyRequest.class,
                AwsProxyResponse.class,
                new Reader(env, random),
                new AwsProxyHttpServletResponseWriter(true),
                new AwsHttpApiV2SecurityContextWriter(),
                new Failure());
        this.servlet = requireNonNull(servlet, "servlet is null");
        getContainerConfig().setDefaultContentCharset(StandardCharsets.UTF_8.name());
        // The library's access log line would hold the path, and with it personal data.
        setLogFormatter(null);
        getServletContext().addServlet("api", servlet).addMapping("/*");
    }

    @Override
    protected AwsHttpServletResponse getContainerResponse(HttpServletRequest request, CountDownLatch latch) {
        return new AwsHttpServletResponse(request, latch);
    }

    @Override
    protected void handleRequest(HttpServletRequest request, AwsHttpServletResponse response, Context context)
            throws ServletException, IOException {
        var contained = (AwsHttpServletRequest) request;
        contained.setServletContext(getServletContext());
        contained.setResponse(response);
        doFilter(request, response, servlet);
    }

    /** Leaves our own reading of the event with the servlet request, and the library nothing to stumble over. */
    private static final class Reader extends AwsHttpApiV2HttpServletRequestReader {

        private final Env env;
        private final RandomText random;

        Reader(Env env, RandomText random) {
            this.env = env;
            this.random = random;
        }

        @Override
        public HttpServletRequest readRequest(
                HttpApiV2ProxyRequest event, SecurityContext security, Context context, ContainerConfig config)
                throws InvalidRequestEventException {
            var gateway = event.getRequestContext();
            if (gateway == null
                    || gateway.getHttp() == null
                    || gateway.getHttp().getMethod() == null) {
                throw new InvalidRequestEventException("not an HTTP API event of payload format 2.0");
            }
            var headers = headers(event);
            var lambda = gateway.getAuthorizer() == null
                    ? null
                    : gateway.getAuthorizer().getLambdaAuthorizerContext();
            var request = new Request(
                    gateway.getHttp().getMethod().toUpperCase(Locale.ROOT),
                    event.getRawPath() == null ? "" : event.getRawPath(),
                    event.getRawQueryString() == null ? "" : event.getRawQueryString(),
                    headers,
                    body(event),
                    Access.of(lambda),
                    PublicUrl.of(env, gateway.getDomainName()),
                    CorrelationIds.of(headers, random));
            event.setRawQueryString("");
            event.setRawPath("/");
            event.setHeaders(Map.of());
            event.setBody(null);
            var contained = super.readRequest(event, security, context, config);
            contained.setAttribute(ApiServlet.REQUEST, request);
            return contained;
        }

        private static Map<String, String> headers(HttpApiV2ProxyRequest event) {
            var headers = new HashMap<String, String>();
            if (event.getHeaders() != null) {
                event.getHeaders().forEach((name, value) -> {
                    if (value != null) {
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b);
                    }
                });
            }
            return headers;
        }

        private static byte[] body(HttpApiV2ProxyRequest event) throws InvalidRequestEventException {
            if (event.getBody() == null) {
                return new byte[0];
            }
            try {
                return event.isBase64Encoded()
                        ? Base64.getDecoder().decode(event.getBody())
                        : event.getBody().getBytes(StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new InvalidRequestEventException("the event's body is not base64", e);
            }
        }
    }

    /** The answer to an event that API Gateway would not send; a request of a user never ends here. */
    private static final class Failure implements ExceptionHandler<AwsProxyResponse> {

        @Override
        public AwsProxyResponse handle(Throwable failure) {
            var body = new String(ApiServlet.unreadable("none"), StandardCharsets.UTF_8);
            var response = new AwsProxyResponse(400);
            response.setHeaders(Map.of("Content-Type", Problem.MEDIA_TYPE, "Cache-Control", "no-store"));
            response.setBody(body);
            return response;
        }

        @Override
        public void handle(Throwable failure, OutputStream output) throws IOException {
            output.write(ApiServlet.unreadable("none"));
        }
    }
}
