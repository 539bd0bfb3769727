/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.crac.Core;
import org.crac.Resource;

/** A function that tells what happens to it, and does what the event says. */
public final class Probe implements RequestStreamHandler {

    private final Resource hook = new Resource() {
        @Override
        public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
            System.out.println("beforeCheckpoint");
        }

        @Override
        public void afterRestore(org.crac.Context<? extends Resource> context) {
            System.out.println("afterRestore");
        }
    };

    public Probe() {
        System.out.println("constructed");
        if (System.getenv("BREAK_INIT") != null) {
            throw new IllegalStateException("broken at init");
        }
        Core.getGlobalContext().register(hook);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        System.out.println("event " + event);
        switch (event) {
            case "\"throw\"" -> throw new IllegalArgumentException("thrown on request");
            case "\"exit\"" -> System.exit(3);
            case "\"hang\"" -> hang();
            case "\"environment\"" ->
                out.write(new TreeSet<>(System.getenv().keySet()).toString().getBytes(StandardCharsets.UTF_8));
            default -> out.write((event + " in " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void hang() {
        while (true) {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
