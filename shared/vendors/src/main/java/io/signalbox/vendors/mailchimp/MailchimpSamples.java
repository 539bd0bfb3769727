/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.mailchimp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.samples.People;
import io.signalbox.vendors.samples.VendorSamples;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Deliveries of an audience's webhook: forms, with the secret in the URL unless the connection asks for signatures. */
final class MailchimpSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var secret = VendorSamples.secret(connection, now);
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("user-agent", "MailChimp");
        if (Mailchimp.SIGNATURE.equals(Mailchimp.PROOF.text(connection))) {
            headers.putAll(
                    Mailchimp.SCHEME.sign(secret, "POST", connection.publicUrl().toString(), now, null, body));
            return Signed.post(headers, body);
        }
        return new Signed("POST", Mailchimp.PARAMETER + "=" + secret, headers, body);
    }

    /** The secret's last character is another one, where the body is not signed. */
    @Override
    public Signed tampered(Signed signed) {
        return signed.query().isEmpty() ? VendorSamples.super.tampered(signed) : signed.tamperedQuery();
    }

    @Override
    public int eventsIn(byte[] body) {
        return new String(body, UTF_8).startsWith("type=subscribe&") ? 2 : 1;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var id = String.format("%010x", random.nextLong(1L << 40));
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));

        var data = new LinkedHashMap<String, String>();
        data.put("id", id);
        data.put("list_id", "a6b5da1054");
        data.put("email", person.email());
        data.put("email_type", "html");
        data.put("merges][EMAIL", person.email());
        data.put("merges][FNAME", person.firstName());
        data.put("merges][LNAME", person.lastName());
        data.put("ip_opt", "192.0.2.10");
        data.put("ip_signup", "192.0.2.10");
        var bodies = new ArrayList<byte[]>();
        bodies.add(body("subscribe", start, data));
        data.put("merges][COMPANY", person.company());
        data.put("merges][JOBTITLE", person.jobTitle());
        bodies.add(body("profile", start.plus(Duration.ofHours(2)), data));
        data.put("merges][PHONE", "+49 30 1234567");
        bodies.add(body("profile", now.minus(Duration.ofMinutes(5)), data));
        return new Life(ObjectType.CONTACT, id, person.email(), bodies, bodies.size() + 1);
    }

    private static byte[] body(String type, Instant time, Map<String, String> data) {
        var fields = new ArrayList<String>();
        fields.add("type=" + type);
        fields.add("fired_at="
                + encoded(time.truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                        .substring(0, 19)
                        .replace('T', ' ')));
        data.forEach((name, value) -> fields.add(encoded("data[" + name + "]") + "=" + encoded(value)));
        return fields.stream().collect(Collectors.joining("&")).getBytes(UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
