/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * One JSON line per unit of work, on standard output, where Lambda's {@code LoggingConfig} picks it up.
 *
 * <p>Fields are named by the caller and none is added by itself but time, level, function and message; so what never
 * goes in — a body, a header's value, a property, a secret — never comes out.
 */
public final class Log {

    private final String function;
    private final Clock clock;
    private final PrintStream out;

    public Log(String function, Clock clock, PrintStream out) {
        this.function = function;
        this.clock = clock;
        this.out = out;
    }

    public static Log of(String function, Clock clock) {
        return new Log(function, clock, System.out);
    }

    /** A line's fields, in the order they were given; those that are null are left out. */
    public static final class Line {
        private final JsonLine fields = new JsonLine(256);

        public Line with(String name, String value) {
            fields.with(name, value);
            return this;
        }

        public Line with(String name, long value) {
            fields.with(name, value);
            return this;
        }

        public Line with(String name, double value) {
            fields.with(name, value);
            return this;
        }

        /** A string that needs no escape: an id that was checked, a word of the program's own. */
        public Line withPlain(String name, String value) {
            fields.withPlain(name, value);
            return this;
        }

        /** The failure's class, and its message only where it is ours: a library's may quote a customer's data. */
        public Line with(Throwable failure) {
            return with("error", failure.getClass().getName()).with("error_at", place(failure));
        }

        private static String place(Throwable failure) {
            for (var frame : failure.getStackTrace()) {
                if (frame.getClassName().startsWith("io.signalbox.")) {
                    return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
                }
            }
            return null;
        }
    }

    public static Line line() {
        return new Line();
    }

    public void info(String message, Line line) {
        print("INFO", message, line);
    }

    public void warn(String message, Line line) {
        print("WARN", message, line);
    }

    public void error(String message, Line line) {
        print("ERROR", message, line);
    }

    private void print(String level, String message, Line line) {
        var text = new JsonLine(512)
                .withTime("timestamp", clock.millis())
                .withPlain("level", level)
                .withPlain("function", function)
                .with("message", message)
                .with(line.fields)
                .close();
        var bytes = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
