/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import io.signalbox.bench.measure.Project;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A function's own JVM: AWS's runtime interface client on the system class path, the function in its working directory,
 * as on Lambda, with Lambda's flags and on one core.
 */
final class Child implements AutoCloseable {

    private static final List<String> RUNTIME = List.of(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            "utils-lite");

    private final Process process;
    private final Path output;
    private final Path classLog;

    private Child(Process process, Path output, Path classLog) {
        this.process = process;
        this.output = output;
        this.classLog = classLog;
    }

    /**
     * @param initialization {@code on-demand} or {@code snap-start}
     * @param logClasses whether to note each class loaded; it costs time
     */
    static Child start(Function function, RuntimeApi api, String initialization, boolean logClasses)
            throws IOException {
        var output = Files.createTempFile("signalbox-bench", ".out");
        var classLog = Files.createTempFile("signalbox-bench", ".classes");
        var command = new ArrayList<>(Project.onOneCore());
        command.add(Project.java());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx768m"));
        command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        command.add("--enable-native-access=ALL-UNNAMED");
        if (logClasses) {
            command.add("-Xlog:class+load:file=" + classLog + "::filecount=0");
        }
        command.addAll(List.of(
                "-cp", runtime(), "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", function.handler()));
        var builder = new ProcessBuilder(command)
                .directory(function.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("JAVA_TOOL"));
        environment.putAll(function.variables());
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "bench");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        environment.put("LAMBDA_TASK_ROOT", function.folder().toString());
        environment.put("_HANDLER", function.handler());
        return new Child(builder.start(), output, classLog);
    }

    private static String runtime() {
        var jars = Project.classPath()
                .filter(entry -> RUNTIME.stream()
                        .anyMatch(name -> entry.getFileName().toString().startsWith(name)))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        if (!jars.contains(RUNTIME.getFirst())) {
            throw new IllegalStateException("AWS's runtime interface client is not on the class path");
        }
        return jars;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** The names of the classes loaded so far, in order. */
    List<String> classes() throws IOException {
        try (var lines = Files.lines(classLog)) {
            return lines.filter(line -> line.contains(" source: "))
                    .map(line -> line.substring(line.lastIndexOf("] ") + 2, line.indexOf(" source: ")))
                    .toList();
        }
    }

    /** What it printed. */
    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
        Files.deleteIfExists(classLog);
    }
}
