/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.TextForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to who asks whether this endpoint is whose it should be, and what a stranger gets out of asking. */
class HandshakesTest {

    private static final String URL = "https://hooks.example.com/hooks/v1/x/acme";
    private static final String SECRET = "w7Tq-2mB9xKfV4sLzR8pYc6NdHgJ3uEaoQ1iXtZ5";
    private static final String OTHER = "Kd83-mQz7LxWv2RtYb5NpGc9HsFjE6uAoT1iXqZ4";
    private static final String TOKEN = "a-verify-token-of-ours";
    private static final String CODE = "890e4665-4dfe-4ab1-b689-ed553bceeed0";

    private static final Connection META = Connections.of("meta", URL, Map.of("verify_token", Value.of(TOKEN)), SECRET);
    private static final Connection LINKEDIN = Connections.of("linkedin", URL, Map.of(), SECRET);

    @Test
    void meta_is_echoed_its_challenge_as_plain_text() {
        var query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + TOKEN;

        assertThat(greet("GET", query, META)).isEqualTo(new Handshake.Answered(Reply.text("1158201444")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "12a",
                "",
                "-1",
                "1.5",
                "123456789012345678901",
                "١٢٣",
                "1%0d%0aset-cookie:%20a=b",
                "1%00"
            })
    void meta_is_echoed_nothing_but_a_number(String challenge) {
        var query = "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token=" + TOKEN;

        refuses(query, META, Reason.SIGNATURE_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "hub.mode=subscribe&hub.challenge=1, CREDENTIAL_MISSING",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=, CREDENTIAL_MISMATCH",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=A-verify-token-of-ours, CREDENTIAL_MISMATCH",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=" + TOKEN + "+, CREDENTIAL_MISMATCH",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=" + TOKEN + "&hub.verify_token=" + TOKEN
                        + ", CREDENTIAL_REPEATED",
                "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=" + TOKEN + ", SIGNATURE_MALFORMED",
                "hub.challenge=1&hub.verify_token=" + TOKEN + ", SIGNATURE_MALFORMED",
                "hub.mode=subscribe&hub.verify_token=" + TOKEN + ", SIGNATURE_MALFORMED",
                "hub.mode=subscribe&hub.challenge=1&hub.challenge=2&hub.verify_token=" + TOKEN
                        + ", SIGNATURE_MALFORMED",
                "-, CREDENTIAL_MISSING"
            })
    void meta_must_know_the_verify_token_and_ask_once(String query, Reason reason) {
        refuses(query == null ? "" : query, META, reason);
    }

    @Test
    void meta_gets_no_answer_from_a_connection_without_a_verify_token() {
        var without = Connections.of("meta", URL, Map.of(), SECRET);

        refuses("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", without, Reason.NO_LIVE_SECRET);
        refuses("hub.mode=subscribe&hub.challenge=1", without, Reason.NO_LIVE_SECRET);
    }

    @Test
    void linkedin_is_given_the_signature_of_its_code() throws Json.Malformed {
        var answered = greet("GET", "challengeCode=" + CODE + "&applicationId=7", LINKEDIN);

        assertThat(answered)
                .isInstanceOfSatisfying(
                        Handshake.Answered.class,
                        answer -> assertThat(answer.reply())
                                .isEqualTo(Reply.json("{\"challengeCode\":\"" + CODE + "\",\"challengeResponse\":\""
                                        + TextForm.HEX.write(
                                                Hmac.SHA256.of(SECRET.getBytes(UTF_8), CODE.getBytes(UTF_8)))
                                        + "\"}")));
        assertThat(Json.parse(((Handshake.Answered) answered).reply().body()).at("challengeCode"))
                .isEqualTo(Value.of(CODE));
    }

    /** Each of these, were it signed, would be the signature of a delivery, or break out of the answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hmacsha256=%7B%22type%22:%22LEAD_ACTION%22%7D",
                "%7B%22type%22:%22LEAD_ACTION%22%7D",
                "",
                "890e4665-4dfe-4ab1-b689-ed553bceeed0%0a",
                "%20890e4665-4dfe-4ab1-b689-ed553bceeed0",
                "890e4665-4dfe-4ab1-b689-ed553bceeed0x",
                "890e46654dfe4ab1b689ed553bceeed0",
                "{890e4665-4dfe-4ab1-b689-ed553bceeed0}",
                "890e4665-4dfe-4ab1-b689-ed553bceeeg0",
                "890e4665%2d4dfe-4ab1-b689-ed553bceeed\"",
                "٨90e4665-4dfe-4ab1-b689-ed553bceeed0"
            })
    void linkedin_has_nothing_signed_but_a_uuid(String code) {
        refuses("challengeCode=" + code, LINKEDIN, Reason.SIGNATURE_MALFORMED);
    }

    @Test
    void linkedin_must_ask_for_one_code() {
        refuses("", LINKEDIN, Reason.SIGNATURE_MALFORMED);
        refuses("challengeCode=" + CODE + "&challengeCode=" + CODE, LINKEDIN, Reason.SIGNATURE_MALFORMED);
        refuses("challengecode=" + CODE, LINKEDIN, Reason.SIGNATURE_MALFORMED);
        refuses("challengeCode=" + CODE, Connections.withSecrets(LINKEDIN, List.of()), Reason.NO_LIVE_SECRET);
        refuses("challengeCode=" + CODE, Connections.withExpired(LINKEDIN, NOW), Reason.NO_LIVE_SECRET);
    }

    /** The signing oracle, tried for both ways of signing: what a stranger can have signed is never a delivery. */
    @ParameterizedTest
    @ValueSource(strings = {"prefixed_body", "body"})
    void answer_to_a_linkedin_challenge_signs_no_delivery(String signed) throws Json.Malformed {
        var connection = Connections.of("linkedin", URL, Map.of("signed", Value.of(signed)), SECRET);
        var answer = ((Handshake.Answered) greet("GET", "challengeCode=" + CODE, connection)).reply();
        var signature = Json.parse(answer.body()).at("challengeResponse").asText();

        for (var body : List.of(CODE, "hmacsha256=" + CODE, "\"" + CODE + "\"", "{}", "")) {
            for (var header : List.of(signature, "hmacsha256=" + signature)) {
                var request =
                        new InboundRequest("POST", "", Headers.of("x-li-signature", header), body.getBytes(UTF_8));
                assertThat(vendor(connection).verify(request, connection, NOW)).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void mailchimp_is_told_ready_and_no_more(String method) {
        var ready = new Handshake.Answered(Reply.text("ready"));

        assertThat(greet(method, "secret=" + SECRET, mailchimp("query"))).isEqualTo(ready);
        assertThat(greet(method, "secret=" + SECRET + "&x=<b>", mailchimp("query")))
                .isEqualTo(ready);
        assertThat(greet(method, "anything=<b>", mailchimp("signature"))).isEqualTo(ready);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, CREDENTIAL_MISSING",
                "secret=, CREDENTIAL_MISSING",
                "secret=" + OTHER + ", CREDENTIAL_MISMATCH",
                "secret=" + SECRET + "&secret=" + SECRET + ", CREDENTIAL_REPEATED"
            })
    void mailchimp_with_a_wrong_secret_learns_it_when_the_webhook_is_saved(String query, Reason reason) {
        refuses(query == null ? "" : query, mailchimp("query"), reason);
    }

    @Test
    void mailchimp_takes_neither_proof_for_the_other() {
        var body = "type=profile".getBytes(UTF_8);
        var byQuery = new InboundRequest("POST", "secret=" + SECRET, new Headers(0), body);
        var samples = vendor(mailchimp("signature")).samples();
        var signed = samples.sign(body, mailchimp("signature"), NOW);
        var headers = new Headers(4);
        signed.headers().forEach(headers::add);
        var bySignature = new InboundRequest("POST", "", headers, body);

        assertThat(verify(byQuery, "query")).isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(byQuery, "signature")).isInstanceOf(Verdict.Refused.class);
        assertThat(verify(bySignature, "signature")).isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(bySignature, "query")).isInstanceOf(Verdict.Refused.class);
        assertThat(vendor(mailchimp("signature"))
                        .verify(bySignature, mailchimp("signature"), NOW.plus(Duration.ofSeconds(301))))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TIMESTAMP_TOO_OLD));
    }

    private static Verdict verify(InboundRequest request, String proof) {
        return vendor(mailchimp(proof)).verify(request, mailchimp(proof), NOW);
    }

    private static Connection mailchimp(String proof) {
        return Connections.of("mailchimp", URL, Map.of("proof", Value.of(proof)), SECRET);
    }

    private static Vendor vendor(Connection connection) {
        return Vendors.find(connection.vendor()).orElseThrow();
    }

    private static Handshake greet(String method, String query, Connection connection) {
        assertThat(vendor(connection).handshakeMethods()).contains(method);
        return vendor(connection)
                .greet(new InboundRequest(method, query, new Headers(0), new byte[0]), connection, NOW);
    }

    private static void refuses(String query, Connection connection, Reason reason) {
        assertThat(greet("GET", query, connection)).isInstanceOfSatisfying(Handshake.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.hint()).isNotBlank().doesNotContain(SECRET, OTHER, TOKEN);
        });
    }
}
