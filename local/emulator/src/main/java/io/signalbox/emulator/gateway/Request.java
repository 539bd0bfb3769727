/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as a gateway sees it.
 *
 * @param path decoded, as HTTP APIs hand it on
 * @param query raw, without the question mark
 * @param headers names in lower case, values of repeated ones joined by a comma; cookies are apart
 */
record Request(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        List<String> cookies,
        String protocol,
        String sourceIp,
        byte[] body) {

    /** Request line and headers together; docs.aws.amazon.com, "Quotas for configuring and running an HTTP API". */
    private static final int MAX_HEAD = 10_240;

    static final int MAX_BODY = 10 << 20;

    /** @throws Refusal when it is larger than API Gateway takes */
    static Request of(HttpExchange exchange) throws IOException, Refusal {
        var uri = exchange.getRequestURI();
        var head = exchange.getRequestMethod().length()
                + uri.toString().length()
                + exchange.getProtocol().length();
        var headers = new TreeMap<String, String>();
        for (var header : exchange.getRequestHeaders().entrySet()) {
            for (var value : header.getValue()) {
                head += header.getKey().length() + value.length() + ": \r\n".length();
            }
            headers.put(header.getKey().toLowerCase(Locale.ROOT), String.join(",", header.getValue()));
        }
        if (head > MAX_HEAD) {
            throw new Refusal(431, "Request Header Fields Too Large");
        }
        var body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new Refusal(413, "Request Entity Too Large");
        }
        var cookies = new ArrayList<String>();
        var cookie = headers.remove("cookie");
        if (cookie != null) {
            for (var one : cookie.split("[;,]\\s*", -1)) {
                cookies.add(one.strip());
            }
        }
        var source = exchange.getRemoteAddress().getAddress().getHostAddress();
        headers.merge("x-forwarded-for", source, (given, ours) -> given + ", " + ours);
        headers.put(
                "x-forwarded-port", Integer.toString(exchange.getLocalAddress().getPort()));
        headers.put("x-forwarded-proto", "http");
        return new Request(
                exchange.getRequestMethod(),
                uri.getPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers,
                cookies,
                exchange.getProtocol(),
                source,
                body);
    }

    /** Decoded; values of a repeated name joined by a comma, as format 2.0 does. */
    Map<String, String> queryParameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                parameters.merge(name, value, (a, b) -> a + "," + b);
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign: as it is.
            return text;
        }
    }
}
