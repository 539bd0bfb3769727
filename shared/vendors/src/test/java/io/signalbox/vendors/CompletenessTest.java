/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.runtime.Json;
import io.signalbox.vendors.fields.FieldTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A vendor is one package, one file of vectors, one folder of sample events, negatives and a row. None may lack any. */
class CompletenessTest {

    private static final Path README = Path.of("..", "..", "README.md");
    private static final String BEGIN = "<!-- vendors: begin; made by mvn -pl shared/vendors test -Dupdate -->\n";
    private static final String END = "<!-- vendors: end -->";

    static List<Vendor> all() {
        return Vendors.all();
    }

    @Test
    void readme_shows_the_table() throws IOException {
        var text = Files.readString(README);
        var begin = text.indexOf(BEGIN) + BEGIN.length();
        var end = text.indexOf(END);
        if (System.getProperty("update") != null) {
            text = text.substring(0, begin) + Vendors.markdownTable() + text.substring(end);
            Files.writeString(README, text);
            end = text.indexOf(END);
        }

        assertThat(text.substring(begin, end))
                .as("the README's table of vendors; mvn -pl shared/vendors -am test -Dupdate writes it")
                .isEqualTo(Vendors.markdownTable());
    }

    @ParameterizedTest
    @MethodSource("all")
    void vendor_is_in_a_package_of_its_own(Vendor vendor) {
        assertThat(vendor.getClass().getPackageName()).isEqualTo("io.signalbox.vendors." + vendor.id());
        assertThat(Vendors.find(vendor.id())).containsSame(vendor);
    }

    @ParameterizedTest
    @MethodSource("all")
    void vendor_has_vectors(Vendor vendor) throws IOException, Json.Malformed {
        assertThat(PublishedVectorsTest.vectors(vendor)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void vendor_has_a_table_of_fields(Vendor vendor) {
        assertThat(vendor.getClass().getResource("fields.txt"))
                .as("fields.txt beside " + vendor.getClass().getSimpleName())
                .isNotNull();
        assertThat(FieldTable.beside(vendor.getClass()).rows()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void vendor_has_sample_events_and_each_is_golden(Vendor vendor) throws IOException {
        var bodies = names(SampleBodiesTest.EVENTS.resolve(vendor.id().value()));
        var goldens = names(SampleBodiesTest.GOLDEN.resolve(vendor.id().value()));

        assertThat(bodies).isNotEmpty().doesNotHaveDuplicates();
        assertThat(goldens).containsExactlyInAnyOrderElementsOf(bodies);
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_events_page_tells_what_the_vendors_folder_shows(Vendor vendor) throws IOException {
        assertThat(Files.readAllLines(SampleBodiesTest.EVENTS.resolve("README.md")))
                .filteredOn(line -> line.startsWith("| `" + vendor.id() + "/` | "))
                .singleElement()
                .satisfies(line -> assertThat(line.split("\\|")).hasSize(4).noneMatch(cell -> cell.equals("  ")));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(SampleBodiesTest::isBody)
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .toList();
        }
    }

    @Test
    void every_vendor_has_negatives_and_no_table_knows_another() throws GeneralSecurityException {
        var tested = new ArrayList<>(NegativesTest.vendors());
        tested.addAll(SharedSecretsTest.vendors());

        assertThat(tested.stream().distinct())
                .containsExactlyInAnyOrderElementsOf(
                        all().stream().map(vendor -> vendor.id().value()).toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void vendor_says_all_that_a_user_needs(Vendor vendor) {
        assertThat(vendor.displayName()).isNotBlank();
        assertThat(vendor.documentation()).hasScheme("https");
        assertThat(vendor.setupSteps()).isNotEmpty().anyMatch(step -> step.contains("{url}"));
        assertThat(vendor.mediaTypes()).isNotEmpty();
        assertThat(Stream.of(vendor.signing(), vendor.identity(), vendor.handshake()))
                .allSatisfy(cell -> assertThat(cell).isNotBlank().doesNotContain("|", "\n"));
        assertThat(vendor.options()).extracting(Option::name).doesNotHaveDuplicates();
        assertThat(vendor.options())
                .allSatisfy(option -> assertThat(option.meaning()).endsWith("."));
        assertThat(vendor.unconfirmed()).allSatisfy(fact -> assertThat(fact).endsWith("."));
        var handshakes = !vendor.handshakeMethods().isEmpty();
        assertThat(handshakes && vendor.handshake().equals("none"))
                .as("handshake() tells of " + vendor.handshakeMethods())
                .isFalse();
    }

    /** A user learns it from the table and the connection's answer, who reads the code from the Javadoc. */
    @ParameterizedTest
    @MethodSource("all")
    void what_is_experimental_is_called_so_in_the_code_too(Vendor vendor) throws IOException {
        var type = vendor.getClass();
        var source = Files.readString(
                Path.of("src", "main", "java").resolve(type.getName().replace('.', '/') + ".java"));

        assertThat(source.contains("<p>Experimental: "))
                .isEqualTo(!vendor.unconfirmed().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("all")
    void headers_that_hold_a_credential_are_not_kept(Vendor vendor) {
        assertThat(vendor.headersToKeep()).doesNotContain("authorization", "cookie", "proxy-authorization");
    }
}
