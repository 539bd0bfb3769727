/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.bench.load.HubSpot;
import io.signalbox.bench.measure.Project;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.testkit.LocalAws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zips as they are deployed, under AWS's runtime interface client. Needs them built: {@code mvn verify} does. */
class RestoredTest {

    private static LocalAws cloud;

    @TempDir
    private Path work;

    @BeforeAll
    static void start() throws Exception {
        cloud = LocalAws.fresh();
        new ConnectionParameters(SsmParameters.of(cloud.env()), InstantSource.system())
                .save(HubSpot.connection(Instant.now()));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void priming_leaves_no_class_of_the_receiver_to_the_first_request() throws Exception {
        assumeTrue(Files.exists(Project.zip("receiver")), "the zips are built in the package phase");

        assertThat(Restored.of(new Functions(cloud, work).receiver(), true).own())
                .isEmpty();
    }

    @Test
    void a_function_without_priming_loads_its_classes_in_the_first_request() throws Exception {
        assumeTrue(Files.exists(Project.zip("receiver")), "the zips are built in the package phase");

        assertThat(Restored.of(new Functions(cloud, work).sendOnly(), true).own())
                .isNotEmpty();
    }
}
