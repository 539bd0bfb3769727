/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench;

import io.signalbox.bench.measure.Project;
import io.signalbox.bench.measure.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** How big each function's zip is, and which libraries make it so. */
final class ZipsBench {

    private ZipsBench() {}

    public static void main(String[] args) throws IOException {
        var report = new Report(System.out, "zips");
        for (var function : Project.FUNCTIONS) {
            var path = Project.zip(function);
            if (!Files.exists(path)) {
                report.text(function, "not built");
                continue;
            }
            try (var zip = new ZipFile(path.toFile())) {
                var jars = zip.stream()
                        .filter(entry -> entry.getName().endsWith(".jar"))
                        .sorted(Comparator.comparingLong(ZipEntry::getCompressedSize)
                                .reversed())
                        .toList();
                report.text(function, "%.2f MB, %d jars".formatted(Files.size(path) / 1e6, jars.size()));
                for (var jar : jars.subList(0, Math.min(3, jars.size()))) {
                    report.text(
                            "&nbsp; " + jar.getName().substring(jar.getName().lastIndexOf('/') + 1),
                            "%.2f MB".formatted(jar.getCompressedSize() / 1e6));
                }
            }
        }
    }
}
