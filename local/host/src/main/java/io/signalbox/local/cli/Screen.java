/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plain lines and tables on a terminal; a progress line that is overwritten where there is one. */
final class Screen {

    private final PrintStream out;
    private final boolean terminal;
    private int shown;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Screen standard() {
        return new Screen(
                new PrintStream(System.out, true, StandardCharsets.UTF_8), Boolean.getBoolean("signalbox.terminal"));
    }

    void line(String text) {
        clear();
        out.println(text);
    }

    void line() {
        line("");
    }

    /** Shows a line that the next one replaces; on a pipe nothing. */
    void progress(String text) {
        if (!terminal) {
            return;
        }
        clear();
        out.print(text);
        out.flush();
        shown = text.length();
    }

    private void clear() {
        if (shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            shown = 0;
        }
    }

    /** Rows in columns, each as wide as its widest cell; a column whose name starts with {@code >} is set right. */
    void table(List<String> columns, List<List<String>> rows) {
        var widths = new int[columns.size()];
        for (var c = 0; c < widths.length; c++) {
            widths[c] = columns.get(c).replaceFirst("^>", "").length();
            for (var row : rows) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        row(columns.stream().map(name -> name.replaceFirst("^>", "")).toList(), columns, widths);
        for (var row : rows) {
            row(row, columns, widths);
        }
    }

    private void row(List<String> cells, List<String> columns, int[] widths) {
        var text = new StringBuilder(" ");
        for (var c = 0; c < widths.length; c++) {
            var pad = " ".repeat(widths[c] - cells.get(c).length());
            text.append(' ')
                    .append(columns.get(c).startsWith(">") ? pad + cells.get(c) : cells.get(c) + pad)
                    .append(' ');
        }
        line(text.toString().stripTrailing());
    }
}
