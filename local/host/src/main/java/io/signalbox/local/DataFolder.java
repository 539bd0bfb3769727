/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The folder an instance keeps everything in, held for as long as the instance runs. */
final class DataFolder implements AutoCloseable {

    /** All that an instance puts here. What is not on this list is not ours to delete. */
    private static final List<String> OURS =
            List.of("sqs", "dynamodb", "streams", "parameters.json", "client.json", "demo.json", "functions.log");

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Empty when another process has it; the operating system gives it back whichever way that one ends. */
    static Optional<DataFolder> hold(Path path) throws IOException {
        Files.createDirectories(path);
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new DataFolder(path, channel));
            }
        } catch (OverlappingFileLockException e) {
            // This very process has it.
        }
        channel.close();
        return Optional.empty();
    }

    Path path() {
        return path;
    }

    /** Deletes what earlier runs left. */
    void clear() throws IOException {
        for (var name : OURS) {
            var entry = path.resolve(name);
            if (Files.exists(entry)) {
                try (var files = Files.walk(entry)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
