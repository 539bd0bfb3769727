/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.samples.People;
import io.signalbox.vendors.samples.VendorSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Outbound Messages about a lead. */
final class SalesforceSamples implements VendorSamples {

    private static final String ORGANIZATION = "00D5g00000Kf3aXEAR";

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Map<String, Value> options() {
        return Map.of("organization_id", Value.of(ORGANIZATION));
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "text/xml");
        headers.put("soapaction", "\"\"");
        var query = SalesforceVerifier.PARAMETER + "=" + VendorSamples.secret(connection, now);
        return new Signed("POST", query, headers, body);
    }

    /** The body is not signed; the secret is what must not differ. */
    @Override
    public Signed tampered(Signed signed) {
        return signed.tamperedQuery();
    }

    @Override
    public int eventsIn(byte[] body) {
        return new String(body, UTF_8).split("<Notification>", -1).length - 1;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var id = SalesforceIds.full("00Q5g0000" + code(random)).orElseThrow();
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var script = new Script(random, id, start);
        script.say(start, Map.of());
        script.say(
                start.plusSeconds(90),
                Map.of(
                        "FirstName", person.firstName(),
                        "LastName", person.lastName(),
                        "Email", person.email()));
        script.send();
        script.say(
                start.plus(Duration.ofHours(2)),
                Map.of(
                        "Title", person.jobTitle(),
                        "Company", person.company(),
                        "NumberOfEmployees", Integer.toString(person.employees()),
                        "Industry", person.industry(),
                        "Country", person.country(),
                        "Status", "Open - Not Contacted"));
        script.send();
        script.say(now.minus(Duration.ofMinutes(5)), Map.of("Status", "Working - Contacted", "Rating", "Hot"));
        script.send();
        return new Life(ObjectType.LEAD, id, person.email(), script.bodies, script.count);
    }

    private static String code(RandomGenerator random) {
        return "%06d".formatted(random.nextInt(1_000_000));
    }

    /** Collects notifications into messages. Salesforce repeats all selected fields, as they are then. */
    private static final class Script {
        private final RandomGenerator random;
        private final String id;
        private final Instant created;
        private final Map<String, String> state = new LinkedHashMap<>();
        private final List<byte[]> bodies = new ArrayList<>();
        private final StringBuilder notifications = new StringBuilder();
        private int count;

        Script(RandomGenerator random, String id, Instant created) {
            this.random = random;
            this.id = id;
            this.created = Instant.ofEpochSecond(created.getEpochSecond());
        }

        void say(Instant modified, Map<String, String> changes) {
            state.putAll(new java.util.TreeMap<>(changes));
            count++;
            notifications
                    .append("<Notification><Id>04l5g0000")
                    .append(code(random))
                    .append("AAA</Id><sObject xsi:type=\"sf:Lead\""
                            + " xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">");
            field("Id", id);
            field("CreatedDate", created.toString());
            field(
                    "LastModifiedDate",
                    Instant.ofEpochSecond(modified.getEpochSecond()).toString());
            state.forEach(this::field);
            notifications.append("</sObject></Notification>");
        }

        private void field(String name, String value) {
            var text = value.replace("&", "&amp;").replace("<", "&lt;");
            notifications.append("<sf:%s>%s</sf:%s>".formatted(name, text, name));
        }

        void send() {
            bodies.add("""
                <?xml version="1.0" encoding="UTF-8"?>
                <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
                xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                <soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound">\
                <OrganizationId>%s</OrganizationId><ActionId>04k5g0000004CpMAAU</ActionId><SessionId xsi:nil="true"/>\
                <EnterpriseUrl>https://example.my.salesforce.com/services/Soap/c/62.0</EnterpriseUrl>\
                <PartnerUrl>https://example.my.salesforce.com/services/Soap/u/62.0</PartnerUrl>%s</notifications>\
                </soapenv:Body></soapenv:Envelope>
                """.formatted(ORGANIZATION, notifications).getBytes(UTF_8));
            notifications.setLength(0);
        }
    }
}
