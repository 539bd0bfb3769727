/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.marketo;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.SharedSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Marketo Engage: the webhook of a trigger campaign's flow step "Call Webhook". Its author writes the body, with tokens
 * for the lead's fields, so what it means is told by the author: see {@link MarketoBody}.
 *
 * <p>Source: experienceleague.adobe.com, Marketo Developer, "Webhooks". Marketo does not sign; a custom header holds a
 * shared secret. It does not send again either, so what is not answered 2xx is lost to it.
 */
public final class Marketo implements Vendor {

    static final VendorId ID = new VendorId("marketo");
    static final String SECRET = "x-webhook-secret";

    private static final int LONGEST_SECRET = 128;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Marketo Engage";
    }

    @Override
    public URI documentation() {
        return URI.create("https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/webhooks/webhooks");
    }

    @Override
    public String signing() {
        return "none; a shared secret in the header " + SECRET;
    }

    @Override
    public String identity() {
        return "the body is the same, its time among it; without a time, within a day";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(30));
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In Marketo open Admin, Webhooks, and create a webhook with the URL {url}, request type POST and"
                        + " request token encoding JSON.",
                "Set the payload template to {\"event\": \"lead.updated\", \"id\": {{lead.Id}}, \"email\":"
                        + " {{lead.Email Address}}, \"first_name\": {{lead.First Name}}, \"last_name\": {{lead.Last"
                        + " Name}}}; add any fields by names of your choice.",
                "Under Webhooks Actions choose Set Custom Header, and add " + SECRET
                        + " with this connection's secret.",
                "In a smart campaign with a trigger, add the flow step Call Webhook.");
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of();
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json", "application/x-www-form-urlencoded");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.shared("the secret of the custom header", LONGEST_SECRET);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return SharedSecret.inHeader(SECRET, request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return List.of(MarketoBody.read(delivery));
    }

    @Override
    public VendorSamples samples() {
        return new MarketoSamples();
    }
}
