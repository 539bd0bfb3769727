/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.MemoryHttp;
import io.signalbox.runtime.MemoryHttp.Answer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The queue and the parameters of the rehearsal: takes any message, and knows one connection. */
final class RehearsalServices implements MemoryHttp.Service {

    private static final Value CHANGED = Value.of(new BigDecimal("1700000000.125"));

    private final String connection;

    /** @param connection the parameter's value, as the parameter store holds it */
    RehearsalServices(String connection) {
        this.connection = requireNonNull(connection, "connection is null");
    }

    @Override
    public Answer answer(String target, Value request) {
        if (target.equals("AmazonSQS.SendMessage")) {
            var body = request.at("MessageBody").asText();
            return new Answer(
                    200, Value.of(Map.of("MessageId", Value.of("0"), "MD5OfMessageBody", Value.of(md5(body)))));
        }
        if (request.at("Name").asText().endsWith("/rehearsal")) {
            return new Answer(
                    200,
                    Value.of(Map.of(
                            "Parameter",
                            Value.of(Map.of("Value", Value.of(connection), "LastModifiedDate", CHANGED)))));
        }
        return new Answer(400, Value.of(Map.of("__type", Value.of("AccessDeniedException"))));
    }

    private static String md5(String text) {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }
}
