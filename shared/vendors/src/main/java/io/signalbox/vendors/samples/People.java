/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.samples;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Made-up people for samples: business addresses under {@code .example}, which nobody can own (RFC 2606). */
public final class People {

    private static final List<String> FIRST = List.of(
            "Ada",
            "Grace",
            "Linus",
            "Margaret",
            "Edsger",
            "Barbara",
            "Alan",
            "Radia",
            "Donald",
            "Katherine",
            "Ken",
            "Frances");
    private static final List<String> LAST = List.of(
            "Lindqvist",
            "Okafor",
            "Moreau",
            "Tanaka",
            "Novak",
            "Silva",
            "Haddad",
            "Keller",
            "Iyer",
            "Brandt",
            "Rossi",
            "Walsh");
    private static final List<String> TITLES =
            List.of("VP of Sales", "Head of Marketing", "Chief Revenue Officer", "Director of Operations");
    private static final List<String> COMPANIES =
            List.of("Northwind Robotics", "Juniper Analytics", "Harbor Logistics", "Cobalt Software");
    private static final List<String> INDUSTRIES =
            List.of("COMPUTER_SOFTWARE", "INTERNET", "INFORMATION_TECHNOLOGY_AND_SERVICES");
    private static final List<String> COUNTRIES = List.of("Germany", "United States", "United Kingdom", "France");

    private People() {}

    /** Someone worth a call: a decision maker in a company of some size. */
    public record Person(
            String firstName,
            String lastName,
            String email,
            String jobTitle,
            String company,
            int employees,
            String industry,
            String country) {}

    public static Person draw(RandomGenerator random) {
        var first = any(FIRST, random);
        var last = any(LAST, random);
        var company = any(COMPANIES, random);
        var mailbox = first + "." + last + "." + Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36);
        var domain = company.substring(0, company.indexOf(' ')) + ".example";
        return new Person(
                first,
                last,
                (mailbox + "@" + domain).toLowerCase(Locale.ROOT),
                any(TITLES, random),
                company,
                250 + random.nextInt(2_000),
                any(INDUSTRIES, random),
                any(COUNTRIES, random));
    }

    private static String any(List<String> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
