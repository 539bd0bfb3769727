/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hmac;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.VendorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Any sender that signs with HMAC, described by a connection's options: which header, which hash, what is signed, and
 * where in the body the event is. Stripe, Close, Klaviyo and Attio are four such, and tests show their options.
 *
 * <p>Options that would let a request through that the sender did not sign, such as signed content without the body or
 * places whose bytes could be moved into one another, are refused when the connection is set up.
 *
 * <p>What a body means is told by {@link io.signalbox.vendors.generic.GenericEvent}. The options that say where it
 * stands travel with each delivery, for they are the connection's and the processor reads deliveries alone.
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class HmacDoor implements Vendor {

    static final VendorId ID = new VendorId("hmac");

    /** Names under which {@link #kept} hands on what the options say; no header begins with a colon. */
    static final String BODY_OPTIONS = ":body";

    static final String DELIVERY_ID = ":id";

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Generic HMAC";
    }

    @Override
    public URI documentation() {
        return URI.create("https://www.rfc-editor.org/rfc/rfc2104");
    }

    @Override
    public String signing() {
        return "HMAC as the connection's options say: header, SHA-1, SHA-256 or SHA-512, hex or base64, signed content,"
                + " time and tolerance";
    }

    @Override
    public String identity() {
        return "the event's id is the same, else the delivery's, else the body; where there is no time, within a day";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.empty();
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "Read in the sender's documentation how it signs, and set this connection's options to it. For one"
                        + " that signs t=…,v1=… as Stripe does: signature_header Stripe-Signature, separator \",\", prefix"
                        + " v1=, timestamp_element t, signed_content {timestamp}.{body}.",
                "Say where in the body the event is: type_path, id_path, time_path, data_path; and in types which of"
                        + " the sender's types are ours.",
                "Give the sender the endpoint URL {url}, and add the secret that it signs with to this connection.",
                "Send a test event, and look at this connection's rejected requests when it does not arrive.");
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of();
    }

    @Override
    public Map<String, String> kept(InboundRequest request, Connection connection) {
        var kept = new TreeMap<String, String>();
        var options = BodyOptions.json(connection);
        if (!options.members().isEmpty()) {
            kept.put(BODY_OPTIONS, Json.text(options));
        }
        for (var option : List.of(HmacOptions.ID_HEADER, HmacOptions.DEDUPE_HEADER)) {
            var name = HmacOptions.header(option, connection);
            var id = name == null ? null : request.headers().first(name);
            if (id != null && id.length() <= BodyOptions.LONGEST_ID) {
                kept.putIfAbsent(DELIVERY_ID, id);
            }
        }
        return kept;
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.given("the secret that the sender signs with", HmacOptions.SHORTEST_KEY);
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "Of the options shown for Klaviyo: that Klaviyo-Timestamp is an HTTP date (Sun, 01 Mar 2026 10:00:00"
                        + " GMT) rests on third parties. Capture one; where it is a number, set timestamp_unit to seconds"
                        + " or milliseconds.",
                "Of those shown for Attio: that Idempotency-Key is the same in a retry. Capture a delivery that was"
                        + " answered 500, and its retry.");
    }

    @Override
    public List<Option> options() {
        return HmacOptions.ALL;
    }

    @Override
    public List<ConfigurationError> check(Connection connection) {
        var errors = new ArrayList<>(Vendor.super.check(connection));
        if (errors.stream().noneMatch(HmacDoor::isOfOptions)) {
            errors.addAll(HmacOptions.problems(connection));
        }
        if (errors.isEmpty()) {
            var form = HmacOptions.scheme(connection).keyForm();
            for (var i = 0; i < connection.secrets().size(); i++) {
                var key = form.read(connection.secrets().get(i).value());
                if (key == null || key.length < HmacOptions.SHORTEST_KEY) {
                    errors.add(new ConfigurationError(
                            "/secrets/" + i,
                            "INVALID",
                            "By secret_encoding this is to be at least " + HmacOptions.SHORTEST_KEY + " bytes in "
                                    + HmacOptions.SECRET_ENCODING.text(connection) + "."));
                }
            }
        }
        return errors;
    }

    private static boolean isOfOptions(ConfigurationError error) {
        return error.pointer().startsWith("/options");
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        if (check(connection).stream().anyMatch(HmacDoor::isOfOptions)) {
            return new Verdict.Refused(
                    Verdict.Reason.SCHEME_NOT_ALLOWED, "The connection's options do not describe a way to sign.");
        }
        return HmacOptions.scheme(connection).verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return HmacBody.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new HmacSamples();
    }
}
