/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.baseline;

import com.amazonaws.serverless.proxy.AwsHttpApiV2SecurityContextWriter;
import com.amazonaws.serverless.proxy.AwsProxyExceptionHandler;
import com.amazonaws.serverless.proxy.internal.servlet.AwsHttpApiV2HttpServletRequestReader;
import com.amazonaws.serverless.proxy.internal.servlet.AwsHttpServletRequest;
import com.amazonaws.serverless.proxy.internal.servlet.AwsHttpServletResponse;
import com.amazonaws.serverless.proxy.internal.servlet.AwsLambdaServletContainerHandler;
import com.amazonaws.serverless.proxy.internal.servlet.AwsProxyHttpServletResponseWriter;
import com.amazonaws.serverless.proxy.model.AwsProxyResponse;
import com.amazonaws.serverless.proxy.model.HttpApiV2ProxyRequest;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** AWS's servlet container around a servlet that reads one item and answers its size. */
public final class EmptyServlet implements RequestStreamHandler {

    private final Container container = new Container(new OneGet());

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        container.proxyStream(input, output, context);
    }

    private static final class OneGet extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient DynamoDbClient dynamo = DynamoDbClient.builder()
                .region(Region.of(System.getenv("AWS_REGION")))
                .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var key = Map.of("pk", AttributeValue.fromS("bench"), "sk", AttributeValue.fromS("bench"));
            var item = dynamo.getItem(
                    get -> get.tableName(System.getenv("RECORDS_TABLE")).key(key));
            response.setContentType("application/json");
            response.getWriter().write("{\"attributes\":" + item.item().size() + "}");
        }
    }

    private static final class Container
            extends AwsLambdaServletContainerHandler<
                    HttpApiV2ProxyRequest, AwsProxyResponse, HttpServletRequest, AwsHttpServletResponse> {

        private final HttpServlet servlet;

        Container(HttpServlet servlet) {
            super(
                    HttpApiV2ProxyRequest.class,
                    AwsProxyResponse.class,
                    new AwsHttpApiV2HttpServletRequestReader(),
                    new AwsProxyHttpServletResponseWriter(true),
                    new AwsHttpApiV2SecurityContextWriter(),
                    new AwsProxyExceptionHandler());
            this.servlet = servlet;
            var registration = getServletContext().addServlet("api", servlet);
            registration.addMapping("/*");
            registration.setLoadOnStartup(1);
        }

        @Override
        protected AwsHttpServletResponse getContainerResponse(HttpServletRequest request, CountDownLatch latch) {
            return new AwsHttpServletResponse(request, latch);
        }

        @Override
        protected void handleRequest(HttpServletRequest request, AwsHttpServletResponse response, Context context)
                throws Exception {
            var inner = (AwsHttpServletRequest) request;
            inner.setServletContext(getServletContext());
            inner.setResponse(response);
            doFilter(request, response, servlet);
        }
    }
}
