/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Operations.Match.Found;
import io.signalbox.model.Operations.Match.Nothing;
import io.signalbox.model.Operations.Match.OtherMethods;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperationsTest {

    @Test
    void every_operation_has_one_scope_or_is_on_the_short_public_list() {
        var open = Operations.ALL.stream().filter(Operation::isPublic).map(Operation::id);

        assertThat(open)
                .containsExactly(
                        "issueToken",
                        "finishAuthorization",
                        "getAuthorizationServer",
                        "getKeys",
                        "getHealth",
                        "discover",
                        "getOpenApi",
                        "getOpenApi31",
                        "getAsyncApi",
                        "getDocs",
                        "getExplorer",
                        "getReference",
                        "getDocsAsset",
                        "listErrorPages",
                        "getErrorPage",
                        "listVendorPages",
                        "getVendorPage",
                        "getChangelog",
                        "getChangelogFeed",
                        "discoverV3",
                        "getOpenApiV3",
                        "getDeprecationPage");
    }

    @Test
    void ids_are_unique() {
        var ids = Operations.ALL.stream().map(Operation::id).toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void what_reads_asks_for_a_read_scope_and_what_writes_for_another() {
        for (var operation : Operations.ALL) {
            var reads = operation.method().equals("GET")
                    || operation.id().startsWith("batchRead")
                    || operation.id().startsWith("search");

            operation
                    .scope()
                    .ifPresent(scope -> assertThat(scope.toString().endsWith(".read"))
                            .as(operation.toString())
                            .isEqualTo(reads));
        }
    }

    @Test
    void records_are_deleted_and_erased_by_scopes_of_their_own() {
        for (var operation : Operations.ALL) {
            var deletes = operation.template().matches("/api/v[34]/(objects/\\{object}|[a-z]+)/\\{id}")
                    && operation.method().equals("DELETE");
            var archives =
                    operation.id().startsWith("batchArchive") && !operation.id().contains("Associations");
            var scope = operation.scope().map(Scope::toString).orElse("");

            assertThat(scope.endsWith(".delete")).as(operation.toString()).isEqualTo(deletes || archives);
            assertThat(scope.equals("privacy.erase"))
                    .as(operation.toString())
                    .isEqualTo(operation.id().startsWith("erase"));
        }
    }

    @Test
    void every_scope_guards_an_operation() {
        var used = Operations.ALL.stream()
                .flatMap(operation -> operation.scope().stream())
                .collect(Collectors.toSet());

        assertThat(used).containsExactlyInAnyOrder(Scope.values());
    }

    @Test
    void every_operation_is_found_by_its_own_path() {
        for (var operation : Operations.ALL) {
            var path = operation.template().replaceAll("\\{[^}]*}", "7");

            assertThat(Operations.match(operation.method(), path))
                    .isInstanceOfSatisfying(
                            Found.class, found -> assertThat(found.operation()).isEqualTo(operation));
        }
    }

    @Test
    void varying_parts_are_decoded_once_and_a_plus_stays_a_plus() {
        assertThat(Operations.match("GET", "/api/v4/contacts/by/email/a+b%40x.io%2525"))
                .isInstanceOfSatisfying(Found.class, found -> {
                    assertThat(found.operation().id()).isEqualTo("getContactByKey");
                    assertThat(found.variables()).isEqualTo(Map.of("key", "email", "value", "a+b@x.io%25"));
                });
    }

    @Test
    void a_slash_that_was_escaped_does_not_make_a_segment() {
        assertThat(Operations.match("GET", "/api/v4/contacts/7%2Fhistory"))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.operation().id()).isEqualTo("getContact"));
    }

    @Test
    void a_percent_sign_that_escapes_nothing_is_kept() {
        for (var odd : List.of("100%", "%", "%2", "%zz", "a%+1")) {
            assertThat(Operations.match("GET", "/api/v4/contacts/" + odd))
                    .isInstanceOfSatisfying(
                            Found.class, found -> assertThat(found.variables()).containsEntry("id", odd));
        }
    }

    @Test
    void head_is_answered_by_get() {
        assertThat(Operations.match("HEAD", "/health"))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.operation().method()).isEqualTo("GET"));
    }

    @Test
    void a_known_path_with_an_unknown_method_names_the_methods_it_answers() {
        assertThat(Operations.match("TRACE", "/api/v4/contacts"))
                .isEqualTo(new OtherMethods(List.of("GET", "HEAD", "POST", "OPTIONS")));
        assertThat(Operations.methods("/oauth/token")).containsExactly("POST", "OPTIONS");
    }

    @Test
    void unknown_paths_lead_nowhere() {
        for (var path : List.of(
                "",
                "/",
                "//",
                "/api",
                "/api/v4/",
                "/api/v4/contacts/",
                "/api/v4/contacts//history",
                "/API/v4",
                "/api/v4/nothing",
                "contacts",
                "/api/v4/contacts/1/2/3")) {
            assertThat(Operations.match("GET", path)).as(path).isEqualTo(new Nothing());
        }
    }

    @Test
    void two_operations_with_one_method_and_path_are_refused() {
        var one = new Operation("one", "GET", "/a/{b}", Optional.empty());
        var two = new Operation("two", "GET", "/a/{c}", Optional.empty());

        assertThatThrownBy(() -> new RouteTree(List.of(one, two))).hasMessageContaining("GET /a/{c}");
    }
}
