/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import static java.util.Objects.requireNonNull;

/**
 * A message attribute; exactly one of the values is there.
 *
 * @param dataType String, Number or Binary, with an optional label after a dot
 * @param binary the bytes in Base64, as they travel
 */
public record Attribute(String dataType, String text, String binary) {

    public Attribute {
        requireNonNull(dataType, "dataType is null");
        if ((text == null) == (binary == null)) {
            throw new IllegalArgumentException("an attribute has either text or bytes");
        }
    }
}
