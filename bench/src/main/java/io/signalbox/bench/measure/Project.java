/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.measure;

import io.signalbox.testkit.LocalAws;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

/** Where the project's files are, and its zips. */
public final class Project {

    public static final List<String> FUNCTIONS =
            List.of("receiver", "processor", "relay", "api", "authorizer", "clock");

    private Project() {}

    public static Path zip(String function) {
        return LocalAws.root()
                .resolve("functions")
                .resolve(function)
                .resolve("target")
                .resolve(function + ".zip");
    }

    public static void explode(Path zip, Path into) throws IOException {
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("an entry of " + zip.getFileName() + " leads out of the folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
    }

    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The {@code java} this JVM was started with. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The entries of this JVM's class path. */
    public static Stream<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of);
    }

    /** What puts a child on one core, where the system has such a thing: the last core, away from the harness. */
    public static List<String> onOneCore() {
        var taskset = Path.of("/usr/bin/taskset");
        var last = Runtime.getRuntime().availableProcessors() - 1;
        return Files.isExecutable(taskset) ? List.of(taskset.toString(), "-c", Integer.toString(last)) : List.of();
    }
}
