/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.runtime.Env;
import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.ApiResponse;
import io.signalbox.vendors.client.Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Over the JDK's HTTP client, for {@code HttpURLConnection} cannot send {@code PATCH}. Follows no redirect, keeps no
 * cookie, asks no proxy; https to port 443 of the vendor's own hosts only. An answer has 10 s from the first byte sent to
 * the last read, and 8 MiB.
 *
 * <p>Variable {@code VENDOR_API_OVERRIDE}: for trying out on one machine, the base URL of something that stands in for all
 * vendors; {@code https://api.hubapi.com/x} is then sent to {@code {override}/api.hubapi.com/x}. It must be this machine.
 */
public final class JdkVendorHttp implements VendorHttp {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int LARGEST = 8 << 20;

    private final Optional<URI> override;
    private final Duration patience;

    /** Made when it is first used: a snapshot must not hold its threads and connections. */
    private HttpClient client;

    public JdkVendorHttp(Env env) {
        this(env.find("VENDOR_API_OVERRIDE").map(URI::create), ANSWER);
    }

    /** @param patience how long an answer may take */
    public JdkVendorHttp(Optional<URI> override, Duration patience) {
        this.override = requireNonNull(override, "override is null");
        this.patience = requireNonNull(patience, "patience is null");
        override.map(URI::getHost).filter(host -> !host.equals("127.0.0.1")).ifPresent(host -> {
            throw new IllegalArgumentException("VENDOR_API_OVERRIDE is not this machine");
        });
    }

    @Override
    public ApiResponse send(Client vendor, ApiRequest request) throws IOException {
        var sent = HttpRequest.newBuilder(target(vendor, request.uri()))
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(sent::header);
        var answering = client().sendAsync(sent.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            var answer = answering.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            var headers = new TreeMap<String, String>();
            answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new ApiResponse(answer.statusCode(), headers, answer.body());
        } catch (TimeoutException e) {
            answering.cancel(true);
            throw new IOException("no whole answer within " + patience, e);
        } catch (ExecutionException e) {
            throw new IOException("no whole answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private URI target(Client vendor, URI uri) throws ForeignHost {
        var host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        var plain = "https".equals(uri.getScheme())
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && (uri.getPort() == -1 || uri.getPort() == 443);
        if (!plain || !vendor.isOwnHost(host)) {
            throw new ForeignHost(host);
        }
        if (override.isEmpty()) {
            return uri;
        }
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(override.get() + "/" + host + uri.getRawPath() + query);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
        }
        return client;
    }
}
