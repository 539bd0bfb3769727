/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.aws.AwsEndpoint.Options;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The tables keep what they acknowledged, though nothing waits for the disk. */
class KillTest {

    private static final int LINES = 150;

    @TempDir
    Path directory;

    @Test
    void every_acknowledged_put_survives_kill_9() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        for (var round = 0; round < 2; round++) {
            acknowledged.addAll(loadUntilKilled(round));
            try (var endpoint = AwsEndpoint.start(new Options(0, directory, InstantSource.system()));
                    var client = Clients.of(DynamoDbClient.builder(), endpoint.url())) {
                var there = new HashSet<String>();
                client.scanPaginator(s -> s.tableName("Things"))
                        .items()
                        .forEach(item -> there.add(item.get("pk").s()));
                assertThat(there).containsAll(acknowledged);
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(2 * LINES);
    }

    private List<String> loadUntilKilled(int round) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName(),
                        directory.toString(),
                        Integer.toString(round))
                .redirectError(new File(directory.toFile(), "errors"))
                .start();
        try (var out = process.inputReader(UTF_8)) {
            var lines = new ArrayList<String>();
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (lines.size() == LINES) {
                    process.toHandle().destroyForcibly();
                }
            }
            return lines;
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Puts until it is killed, and says each after it was acknowledged. */
    static final class Load {

        private Load() {}

        public static void main(String[] args) throws IOException {
            var endpoint = AwsEndpoint.start(new Options(0, Path.of(args[0]), InstantSource.system()));
            var client = Clients.of(DynamoDbClient.builder(), endpoint.url());
            try {
                client.createTable(t -> t.tableName("Things")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("pk")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("pk")
                                .keyType(KeyType.HASH)
                                .build()));
            } catch (ResourceInUseException e) {
                assertThat(args[1])
                        .as("the table is there from the first round")
                        .isNotEqualTo("0");
            }
            for (var i = 0; ; i++) {
                var key = args[1] + "." + i;
                client.putItem(p -> p.tableName("Things").item(Map.of("pk", AttributeValue.fromS(key))));
                var line = (key + "\n").getBytes(UTF_8);
                System.out.write(line, 0, line.length);
                System.out.flush();
            }
        }
    }
}
