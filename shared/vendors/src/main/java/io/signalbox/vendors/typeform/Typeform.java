/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.typeform;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.HmacScheme;
import io.signalbox.vendors.signing.TextForm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Typeform: one response to a form a request, an engagement {@code form.submitted} of the contact whose e-mail address
 * the response holds. Answers become properties where the question's reference, which the form's author may choose, is a
 * plain name: {@code first_name}, {@code company}.
 *
 * <p>Source: typeform.com/developers/webhooks. The signature covers the body alone, so a response can be replayed; it is
 * the same event then.
 */
public final class Typeform implements Vendor {

    static final VendorId ID = new VendorId("typeform");

    static final HmacScheme SCHEME =
            HmacScheme.ofBody("sha256", "typeform-signature", Hmac.SHA256, TextForm.BASE64, "sha256=");

    /** The user makes it up. */
    private static final int SHORTEST_SECRET = 20;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Typeform";
    }

    @Override
    public URI documentation() {
        return URI.create("https://www.typeform.com/developers/webhooks/");
    }

    @Override
    public String signing() {
        return "HMAC-SHA256 over the body";
    }

    @Override
    public String identity() {
        return "the response's token is the same";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(30));
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In Typeform open the form, choose Connect, Webhooks, and add a webhook with the endpoint {url}.",
                "Edit the webhook, and set its secret to this connection's; without one Typeform does not sign.",
                "Give the questions references that name what they ask, as first_name, company or phone; or pass"
                        + " such names as hidden fields. Ask for the e-mail address with a question of the type Email.",
                "Switch the webhook on, and send a test request.");
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of();
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.given("the secret that the form's webhook signs with", SHORTEST_SECRET);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return SCHEME.verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return List.of(TypeformResponse.read(delivery));
    }

    @Override
    public VendorSamples samples() {
        return new TypeformSamples();
    }
}
