/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipInputStream;

/** A function's zip, unpacked once into a folder that goes when this process does. */
final class ExplodedZip {

    private final Path zip;
    private Path folder;

    ExplodedZip(Path zip) {
        this.zip = zip;
    }

    synchronized Path folder() {
        if (folder == null) {
            try {
                folder = explode();
            } catch (IOException e) {
                throw new UncheckedIOException(zip.getFileName() + " cannot be unpacked", e);
            }
        }
        return folder;
    }

    private Path explode() throws IOException {
        var target = Files.createTempDirectory("function-");
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(target)));
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("an entry lies outside the zip: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
        return target;
    }

    private static void delete(Path root) {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // A temporary folder; the system clears it sooner or later.
        }
    }
}
