/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a stream was handled, shard by shard: the last sequence number. In a file, replaced whole after each batch,
 * so that a restart goes on where the last run ended; what was in flight comes again, as streams promise.
 */
final class Checkpoints {

    private final Path file;
    private final Map<String, Object> last = new HashMap<>();

    /** @param file null to forget at the end of the process */
    Checkpoints(Path file) throws IOException {
        this.file = file;
        if (file != null && Files.exists(file)) {
            last.putAll(Json.object(Files.readAllBytes(file)));
        }
    }

    Optional<String> get(String shard) {
        return Optional.ofNullable((String) last.get(shard));
    }

    void set(String shard, String sequenceNumber) throws IOException {
        last.put(shard, sequenceNumber);
        if (file != null) {
            Files.createDirectories(file.getParent());
            var next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, Json.bytes(last));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
