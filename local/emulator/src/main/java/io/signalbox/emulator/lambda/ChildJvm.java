/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import io.signalbox.emulator.template.Function;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * An environment that is a JVM of its own, set up as Lambda's is: AWS's runtime interface client on the class path and
 * nothing else, the function's code in its working folder, the function's variables and no others. The client takes its
 * jars from the class path of this process, never from the function's zip.
 *
 * <p>With SnapStart the client runs the hooks in their true order: constructor, {@code beforeCheckpoint},
 * {@code restore/next}, {@code afterRestore}, first event.
 */
final class ChildJvm implements Environment {

    /** Lambda gives an init that ends in a snapshot this long at least. */
    private static final long INIT_SECONDS = 130;

    /** Flags of the managed runtime that a function can notice; the last two silence warnings of the JDK itself. */
    private static final List<String> FLAGS = List.of(
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Function function;
    private final RuntimeApi api;
    private final Process process;

    private ChildJvm(Function function, RuntimeApi api, Process process) {
        this.function = function;
        this.api = api;
        this.process = process;
        process.onExit()
                .thenAccept(ended -> api.exited(
                        Outcome.Failure.of(Outcome.Failure.EXITED, "Runtime exited with status " + ended.exitValue())));
    }

    static ChildJvm start(Function function, Map<String, String> variables, Path code, Path output) throws InitFailed {
        try {
            var api = new RuntimeApi(function);
            var child = new ChildJvm(function, api, process(function, variables, code, output, api.address()));
            child.awaitReady();
            return child;
        } catch (IOException e) {
            throw new InitFailed(Outcome.Failure.of(e));
        }
    }

    private static Process process(Function function, Map<String, String> variables, Path code, Path output, String api)
            throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var command = Stream.of(
                        Stream.of(java),
                        FLAGS.stream(),
                        // Lambda leaves the rest of the memory to everything that is not heap.
                        Stream.of("-Xmx" + function.memory() * 84 / 100 + "m"),
                        Stream.of("-cp", classPath(), AWSLambda.class.getName(), function.handler()))
                .flatMap(part -> part)
                .toList();
        var builder = new ProcessBuilder(command)
                .directory(code.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        var environment = builder.environment();
        environment.clear();
        environment.putAll(variables);
        environment.put("AWS_LAMBDA_RUNTIME_API", api);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.id());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory()));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", function.snapStart() ? "snap-start" : "on-demand");
        environment.put("LAMBDA_TASK_ROOT", code.toString());
        environment.put("_HANDLER", function.handler());
        return builder.start();
    }

    /** The jars of the runtime interface client; no empty element, which would put the zip on the system loader. */
    private static String classPath() {
        return Stream.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(url -> Path.of(url.getPath()).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void awaitReady() throws InitFailed {
        try {
            api.ready().get(INIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof InitFailed failed ? failed : new InitFailed(Outcome.Failure.of(e.getCause()));
        } catch (TimeoutException e) {
            close();
            throw new InitFailed(Outcome.Failure.of(
                    Outcome.Failure.TIMED_OUT, "the init phase took more than " + INIT_SECONDS + " seconds"));
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InitFailed(Outcome.Failure.of(Outcome.Failure.EXITED, "the host stops"));
        }
    }

    @Override
    public Outcome invoke(String requestId, byte[] event) {
        var outcome = api.submit(requestId, event);
        try {
            return outcome.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            return InProcess.timedOut(requestId, function.timeout());
        } catch (ExecutionException e) {
            return Outcome.Failure.of(e.getCause());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            return Outcome.Failure.of(Outcome.Failure.EXITED, "the host stops");
        }
    }

    @Override
    public boolean reusable() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
    }
}
