/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Phone numbers in the form of ITU-T E.164: {@code +493055570142}.
 *
 * <p>Only what is certain is changed. A number with its country code, after {@code +} or the international prefix, needs
 * a code that exists and 7 to 15 digits. A national number needs to be told its country, one of the table below, and
 * must have as many digits as that country's numbers have. Anything else, one with an extension or with letters, is not
 * converted. Whether a number is in service is not known here.
 *
 * <p>A table of a few kilobytes instead of a library of a megabyte and more, whose metadata would be read at every cold
 * start; it answers less, and says so.
 */
public final class PhoneNumbers {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;

    /** Country, calling code, what is dialled before a national number, international prefix, least and most digits. */
    private static final String PLANS = """
            US 1 1 011 10 10|CA 1 1 011 10 10|MX 52 - 00 10 10|CO 57 - - 10 10|CL 56 - - 9 9|PE 51 0 00 8 9
            GB 44 0 00 9 10|IE 353 0 00 7 9|DE 49 0 00 6 11|AT 43 0 00 6 12|CH 41 0 00 9 9|LI 423 - 00 7 7
            FR 33 0 00 9 9|BE 32 0 00 8 9|NL 31 0 00 9 9|LU 352 - 00 6 9|ES 34 - 00 9 9|PT 351 - 00 9 9
            IT 39 - 00 6 11|GR 30 - 00 10 10|CY 357 - 00 8 8|MT 356 - 00 8 8|DK 45 - 00 8 8|NO 47 - 00 8 8
            SE 46 0 00 7 10|FI 358 0 00 6 10|IS 354 - 00 7 7|EE 372 - 00 7 8|LV 371 - 00 8 8|PL 48 - 00 9 9
            CZ 420 - 00 9 9|SK 421 0 00 9 9|SI 386 0 00 8 8|HR 385 0 00 8 9|RO 40 0 00 9 9|BG 359 0 00 7 9
            UA 380 0 00 9 9|TR 90 0 00 10 10|IL 972 0 00 8 9|AE 971 0 00 8 9|SA 966 0 00 8 9|ZA 27 0 00 9 9
            IN 91 0 00 10 10|SG 65 - - 8 8|HK 852 - - 8 8|JP 81 0 010 9 10|AU 61 0 0011 9 9|NZ 64 0 00 8 10
            """.replace('\n', '|');

    /** The calling codes there are, by their length; those of one digit are 1 and 7. */
    private static final String CODES_OF_TWO =
            " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57"
                    + " 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";

    /** Groups of three digits of which all but a few are in use; the few do no harm. */
    private static final String CODES_OF_THREE =
            " 21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99 ";

    private static final Map<String, Plan> BY_COUNTRY = new HashMap<>();

    private record Plan(String code, String trunk, String international, int least, int most) {}

    static {
        for (var line : PLANS.split("\\|")) {
            var part = line.split(" ");
            BY_COUNTRY.put(
                    part[0],
                    new Plan(
                            part[1],
                            part[2].equals("-") ? "" : part[2],
                            part[3].equals("-") ? "" : part[3],
                            Integer.parseInt(part[4]),
                            Integer.parseInt(part[5])));
        }
    }

    private PhoneNumbers() {}

    /** Whether national numbers of that country can be converted. */
    public static boolean knows(String country) {
        return BY_COUNTRY.containsKey(country);
    }

    /**
     * The number in E.164; nothing when that is not certain.
     *
     * @param country where a number without a country code is from, as {@link #knows} it
     */
    public static Optional<String> e164(String written, Optional<String> country) {
        var dialled = dialled(written);
        if (dialled.isEmpty()) {
            return Optional.empty();
        }
        var plan = country.map(BY_COUNTRY::get);
        if (dialled.startsWith("+")) {
            return international(dialled.substring(1));
        }
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        var prefix = plan.get().international();
        return !prefix.isEmpty() && dialled.startsWith(prefix)
                ? international(dialled.substring(prefix.length()))
                : national(dialled, plan.get());
    }

    /** Digits, and a plus before them where there is one; empty for what is more than a number. */
    private static String dialled(String written) {
        var text = written.strip();
        var plus = text.startsWith("+");
        var digits = new StringBuilder(plus ? "+" : "");
        for (var i = plus ? 1 : 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (plus && text.startsWith("(0)", i)) {
                // +49 (0)30: the zero is for callers from within.
                i += 2;
            } else if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (" -./()\u00a0\u2011\u2013".indexOf(c) < 0) {
                return "";
            }
        }
        return digits.length() > LONGEST + 5 ? "" : digits.toString();
    }

    private static Optional<String> international(String digits) {
        var fits = digits.length() >= SHORTEST && digits.length() <= LONGEST && hasCode(digits);
        return fits ? Optional.of("+" + digits) : Optional.empty();
    }

    private static boolean hasCode(String digits) {
        var first = digits.charAt(0);
        var two = " " + digits.substring(0, 2) + " ";
        return first == '1'
                ? digits.length() == 11
                : first == '7' || CODES_OF_TWO.contains(two) || CODES_OF_THREE.contains(two);
    }

    private static Optional<String> national(String digits, Plan plan) {
        var own = !plan.trunk().isEmpty() && digits.startsWith(plan.trunk())
                ? digits.substring(plan.trunk().length())
                : digits;
        var fits = own.length() >= plan.least() && own.length() <= plan.most();
        return fits ? Optional.of("+" + plan.code() + own) : Optional.empty();
    }
}
