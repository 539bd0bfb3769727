/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.measure;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures as lines of a Markdown table, each beside its goal, so that they can go into the README as they are. */
public final class Report {

    private final PrintStream out;
    private int missed;

    public Report(PrintStream out, String title) {
        this.out = out;
        out.printf("%n## %s%n%n| figure | value | goal | |%n|---|---:|---:|---|%n", title);
    }

    /** A figure that must not be above its goal. */
    public void atMost(String figure, double value, double goal, String unit) {
        var met = value <= goal;
        missed += met ? 0 : 1;
        line(figure, number(value) + unit, "<= " + number(goal) + unit, met ? "met" : "MISSED");
    }

    /** A figure without a goal. */
    public void figure(String figure, double value, String unit) {
        line(figure, number(value) + unit, "", "");
    }

    public void text(String figure, String value) {
        line(figure, value, "", "");
    }

    public void note(String note) {
        out.println();
        out.println(note);
    }

    /** How many goals were missed. */
    public int missed() {
        return missed;
    }

    private void line(String figure, String value, String goal, String verdict) {
        out.printf("| %s | %s | %s | %s |%n", figure, value, goal, verdict);
    }

    private static String number(double value) {
        var digits = value == Math.rint(value) && Math.abs(value) < 1e9 ? 0 : Math.abs(value) < 10 ? 3 : 1;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
