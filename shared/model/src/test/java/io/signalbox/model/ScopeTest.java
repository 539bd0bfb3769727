/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class ScopeTest {

    @Test
    void every_scope_is_read_as_it_is_written() {
        for (var scope : Scope.values()) {
            assertThat(Scope.parse(scope.toString())).contains(scope);
        }
    }

    @Test
    void only_the_last_underscore_becomes_a_dot() {
        assertThat(Scope.RAW_EVENTS_READ).hasToString("raw_events.read");
    }

    @Test
    void unknown_words_give_no_scope() {
        assertThat(Scope.parse("contacts.everything")).isEmpty();
        assertThat(Scope.parse(null)).isEmpty();
        assertThat(Scope.parseAll("contacts.read admin  leads.write"))
                .containsExactlyInAnyOrder(Scope.CONTACTS_READ, Scope.LEADS_WRITE);
        assertThat(Scope.parseAll("")).isEmpty();
    }

    @Test
    void texts_keep_the_order_of_the_list() {
        assertThat(Scope.texts(EnumSet.of(Scope.RULES_WRITE, Scope.CONTACTS_READ)))
                .containsExactly("contacts.read", "rules.write");
    }
}
