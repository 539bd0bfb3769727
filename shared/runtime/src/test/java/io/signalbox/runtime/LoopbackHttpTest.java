/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Value;
import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopbackHttpTest {

    @Test
    void calls_over_the_real_client_are_answered_one_after_the_other() throws Exception {
        var asked = new ArrayList<String>();
        try (var services = new LoopbackHttp((target, request) -> {
                    asked.add(target + " " + request.at("Name").asText());
                    return new MemoryHttp.Answer(200, Value.of(Map.of("Name", request.at("Name"))));
                });
                var http = Aws.http()) {
            var env = new Env(Map.of("AWS_ENDPOINT_URL", services.endpoint().toString()));
            var call = new AwsJsonCall(env, http, "ssm", "AmazonSSM");
            for (var name : List.of("ä", "b")) {
                var answer = call.call("GetParameter", Value.of(Map.of("Name", Value.of(name))));
                assertThat(answer.at("Name").asText()).isEqualTo(name);
            }
        }
        assertThat(asked).containsExactly("AmazonSSM.GetParameter ä", "AmazonSSM.GetParameter b");
    }

    @Test
    void nothing_listens_after_it_is_closed() throws Exception {
        var services = new LoopbackHttp((_, _) -> new MemoryHttp.Answer(200, Value.NULL));
        var endpoint = services.endpoint();
        services.close();

        assertThatThrownBy(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }
}
