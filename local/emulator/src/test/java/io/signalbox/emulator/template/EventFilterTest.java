/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFilterTest {

    private static Map<String, Object> json(String text) throws IOException {
        return Json.object(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_change_passes_when_one_pattern_matches_in_all_its_members() throws IOException {
        var filter = new EventFilter(List.of(
                json("{\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":[{\"prefix\":\"R#\"},\"J\"]}}}}"),
                json("{\"eventName\":[\"REMOVE\"],\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":[{\"prefix\":\"T#\"}]}}}}")));

        assertThat(filter.matches(change("INSERT", "R#contact#5"))).isTrue();
        assertThat(filter.matches(change("INSERT", "J"))).isTrue();
        assertThat(filter.matches(change("INSERT", "J#20260304#a"))).isFalse();
        assertThat(filter.matches(change("INSERT", "T#1"))).isFalse();
        assertThat(filter.matches(change("REMOVE", "T#1"))).isTrue();
        assertThat(filter.matches(json("{\"eventName\":\"REMOVE\"}"))).isFalse();
        assertThat(EventFilter.ALL.matches(change("INSERT", "T#1"))).isTrue();
    }

    private static Map<String, Object> change(String event, String pk) throws IOException {
        return json("{\"eventName\":\"" + event + "\",\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":\"" + pk + "\"}}}}");
    }
}
