/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

import io.signalbox.emulator.aws.AwsEndpoint;
import io.signalbox.runtime.Env;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class SsmParametersTest extends ParametersContract {

    private AwsEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = AwsEndpoint.start(new AwsEndpoint.Options(0, null, InstantSource.system()));
    }

    @AfterEach
    void stop() throws IOException {
        endpoint.close();
    }

    @Override
    Parameters parameters() {
        return at(endpoint.url());
    }

    /** Nobody listens on the discard port. */
    @Override
    Parameters away() {
        return at("http://127.0.0.1:9");
    }

    private static Parameters at(String url) {
        return SsmParameters.of(new Env(
                Map.of("AWS_ENDPOINT_URL", url, "AWS_MAX_ATTEMPTS", "1", "PARAMETER_PREFIX", "/signalbox/test")));
    }
}
