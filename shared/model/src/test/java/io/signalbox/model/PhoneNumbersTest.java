/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            +49 (0)30 5557-0142    | -  | +493055570142
            +1 (415) 555-0132      | -  | +14155550132
            +1 (415) 555-013       | -  | -
            +442079460018          | DE | +442079460018
            +39 06 5555 0100       | -  | +390655550100
            +999 123 4567          | -  | +9991234567
            +28 123 4567           | -  | -
            +49                    | -  | -
            +4930555701421234567   | -  | -
            030 5557 0142          | DE | +493055570142
            030/5557-0142          | DE | +493055570142
            030 5557 0142          | -  | -
            030 5557 0142          | XX | -
            0049 30 5557 0142      | DE | +493055570142
            0049 30 5557 0142      | US | -
            011 49 30 5557 0142    | US | +493055570142
            (415) 555-0132         | US | +14155550132
            1-415-555-0132         | US | +14155550132
            555-0132               | US | -
            020 7946 0018          | GB | +442079460018
            06 55 55 01 00         | FR | +33655550100
            06 5555 0100           | IT | +390655550100
            612 345 678            | ES | +34612345678
            0412 345 678           | AU | +61412345678
            090-1234-5678          | JP | +819012345678
            030 5557 0142 ext. 7   | DE | -
            030 5557 0142 x7       | DE | -
            1-800-FLOWERS          | US | -
            ''                     | DE | -
            +                      | DE | -
            ++49 30 5557 0142      | -  | -
            """)
    void number_is_converted_where_it_is_certain_and_only_there(String written, String country, String e164) {
        assertThat(PhoneNumbers.e164(written, Optional.ofNullable(country))).isEqualTo(Optional.ofNullable(e164));
    }

    @Test
    void what_is_converted_stays_as_it_is_and_nothing_is_too_strange() {
        var random = new SplittableRandom(1);
        var alphabet = "0123456789+-() .x";
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (var length = random.nextInt(20); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            PhoneNumbers.e164(text.toString(), Optional.of("DE")).ifPresent(number -> {
                assertThat(number).matches("\\+[1-9]\\d{6,14}");
                assertThat(PhoneNumbers.e164(number, Optional.empty())).contains(number);
            });
        }
    }
}
