/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** The dependency rules of the project, as far as the module graph alone cannot hold them. */
@AnalyzeClasses(packages = "io.signalbox", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FUNCTIONS = {
        "io.signalbox.receiver..",
        "io.signalbox.processor..",
        "io.signalbox.relay..",
        "io.signalbox.api..",
        "io.signalbox.authorizer..",
        "io.signalbox.clock..",
        "io.signalbox.fetcher.."
    };

    @ArchTest
    static final ArchRule model_imports_the_jdk_alone = classes()
            .that()
            .resideInAPackage("io.signalbox.model..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.signalbox.model..", "java.."));

    @ArchTest
    static final ArchRule functions_never_import_each_other =
            slices().assignedFrom(new FunctionSlices()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule shared_modules_import_model_and_runtime_only =
            slices().assignedFrom(new SharedSlices()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule nothing_imports_the_local_host = noClasses()
            .that(not(resideInAnyPackage(
                    "io.signalbox.local..",
                    "io.signalbox.testkit..",
                    "io.signalbox.emulator..",
                    "io.signalbox.bench..")))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.signalbox.local..", "io.signalbox.emulator..", "io.signalbox.testkit.."));

    @ArchTest
    static final ArchRule the_emulator_knows_nothing_of_signalbox = noClasses()
            .that()
            .resideInAPackage("io.signalbox.emulator..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.signalbox..").and(not(resideInAPackage("io.signalbox.emulator.."))));

    @ArchTest
    static final ArchRule the_receiver_cannot_write_to_dynamodb = noClasses()
            .that(resideInAnyPackage("io.signalbox.receiver..", "io.signalbox.vendors..", "io.signalbox.queue.."))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("software.amazon.awssdk.services.dynamodb..", "io.signalbox.store.."));

    @ArchTest
    static final ArchRule the_processor_has_no_http_server = noClasses()
            .that()
            .resideInAPackage("io.signalbox.processor..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.servlet..", "com.sun.net.httpserver.."));

    @ArchTest
    static final ArchRule rules_and_core_know_no_cloud = noClasses()
            .that(resideInAnyPackage("io.signalbox.rules..", "io.signalbox.core.."))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("software.amazon..", "com.amazonaws..", "com.fasterxml.jackson.databind.."));

    @ArchTest
    static final ArchRule only_the_api_meets_the_servlet_container = noClasses()
            .that(resideInAPackage("io.signalbox..").and(not(resideInAPackage("io.signalbox.api.."))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.amazonaws.serverless..", "jakarta.servlet.."));

    @ArchTest
    static final ArchRule data_binding_stays_out_of_cold_starts = noClasses()
            .that(resideInAnyPackage(
                    "io.signalbox.receiver..",
                    "io.signalbox.processor..",
                    "io.signalbox.relay..",
                    "io.signalbox.clock..",
                    "io.signalbox.fetcher..",
                    "io.signalbox.outbound..",
                    "io.signalbox.runtime..",
                    "io.signalbox.store..",
                    "io.signalbox.vendors..",
                    "io.signalbox.queue..",
                    "io.signalbox.parameters.."))
            .should()
            .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.databind.."));

    @ArchTest
    static final ArchRule time_is_injected = noClasses()
            .that(resideInAnyPackage(
                    "io.signalbox.rules..",
                    "io.signalbox.core..",
                    "io.signalbox.outbound..",
                    "io.signalbox.vendors..",
                    "io.signalbox.model.."))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    /** One slice a function. */
    private static final class FunctionSlices implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            for (var function : FUNCTIONS) {
                if (resideInAPackage(function).test(type)) {
                    return SliceIdentifier.of(function);
                }
            }
            return SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "functions";
        }
    }

    /** One slice a shared module, but for {@code model} and {@code runtime}, and {@code core}, which joins them. */
    private static final class SharedSlices implements SliceAssignment {
        private static final Set<String> MODULES = Set.of("parameters", "vendors", "rules", "store", "queue");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var parts = type.getPackageName().split("\\.");
            return parts.length > 2 && MODULES.contains(parts[2])
                    ? SliceIdentifier.of(parts[2])
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "shared modules";
        }
    }
}
