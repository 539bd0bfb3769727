/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.ObjectType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsCodecTest {

    /** As it was written before connections had objects of their own. */
    @Test
    void settings_without_objects_are_read() {
        var out = new PackWriter();
        out.number(0);
        out.text("DE");
        out.number(2);

        assertThat(SettingsCodec.decode(out.finish()))
                .isEqualTo(new ConnectionSettings(Map.of(), Optional.of("DE"), Optional.of(true), Map.of()));
    }

    @Test
    void objects_come_back() {
        var settings = new ConnectionSettings(
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(new ObjectType("customer"), ObjectType.CONTACT, new ObjectType("b__c"), new ObjectType("b")));

        assertThat(SettingsCodec.decode(SettingsCodec.encode(settings))).isEqualTo(settings);
    }
}
