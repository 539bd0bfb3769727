/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import java.util.Optional;

/**
 * Something that follows the changes of records. One instance lives for one stream batch: it is handed the changes in
 * order and then asked to finish what it put off to the end.
 */
interface ChangeConsumer {

    /** @throws RuntimeException when it cannot be handled; it comes again, with all after it */
    void accept(Change change);

    /** Writes what was gathered. Returns the earliest change that has to come again, or nothing when all is done. */
    Optional<Change> finish();
}
