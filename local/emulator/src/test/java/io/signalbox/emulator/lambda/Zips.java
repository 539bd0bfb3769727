/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import io.signalbox.emulator.template.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Functions for tests: zips made of this module's test classes. */
final class Zips {

    private Zips() {}

    static Function function(Class<?> handler, Path zip, Duration timeout, Map<String, String> environment) {
        return new Function(
                "ProbeFunction", handler.getName() + "::handleRequest", zip, timeout, 256, true, environment);
    }

    /** The class and those inside it at the zip's root, the jars of the others in {@code lib/}. */
    static Path zip(Path folder, Class<?> handler, Class<?>... libraries) throws IOException {
        var file = folder.resolve(handler.getSimpleName() + ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            var classes = location(handler);
            var packageFolder = classes.resolve(handler.getPackageName().replace('.', '/'));
            try (var files = Files.list(packageFolder)) {
                for (var path : files.filter(path -> belongs(path, handler)).toList()) {
                    add(zip, classes.relativize(path).toString(), path);
                }
            }
            for (var library : libraries) {
                var jar = location(library);
                add(zip, "lib/" + jar.getFileName(), jar);
            }
        }
        return file;
    }

    private static boolean belongs(Path file, Class<?> handler) {
        return file.getFileName().toString().matches(handler.getSimpleName() + "(\\$.*)?\\.class");
    }

    private static void add(ZipOutputStream zip, String name, Path content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(content, zip);
        zip.closeEntry();
    }

    private static Path location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
