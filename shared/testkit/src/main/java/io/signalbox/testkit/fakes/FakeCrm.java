/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Value;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeApi.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A vendor of some shape that holds records with an e-mail address each: its reads, and its token endpoint. */
public final class FakeCrm {

    public final FakeTokens tokens;

    private final CrmShape shape;
    private final Instant modified;
    private final Map<String, String> emails = new ConcurrentHashMap<>();

    /** @param modified when all its records were last changed */
    public FakeCrm(FakeApi api, CrmShape shape, Instant modified) {
        this.shape = shape;
        this.modified = modified;
        this.tokens = new FakeTokens(shape.rotates(), shape.expiresIn(), shape.tokenExtras());
        api.serve(shape.host(), this::answer);
        var endpoint = shape.tokenEndpoint();
        if (!endpoint.isEmpty() && !endpoint.startsWith(shape.host() + "/")) {
            api.serve(endpoint.substring(0, endpoint.indexOf('/')), this::answer);
        }
    }

    public void put(String id, String email) {
        emails.put(id, email);
    }

    private synchronized Answer answer(Call call) {
        if ((call.host() + call.path()).equals(shape.tokenEndpoint())) {
            return tokens.answer(form(call));
        }
        var authorization = call.header("authorization");
        if (!authorization.startsWith(shape.scheme())
                || !tokens.accepts(authorization.substring(shape.scheme().length()))) {
            return shape.tokenRefused();
        }
        var known = new LinkedHashMap<String, String>();
        var missing = new ArrayList<String>();
        for (var id : shape.asked(call)) {
            var email = emails.get(id);
            if (email == null) {
                missing.add(id);
            } else {
                known.put(id, email);
            }
        }
        return shape.read(known, missing, modified);
    }

    /** The request for a token, whichever way the vendor wants it: a form, JSON, or the app by HTTP Basic. */
    private static Map<String, String> form(Call call) {
        if (call.header("content-type").startsWith("application/json")) {
            var fields = new TreeMap<String, String>();
            if (call.json() instanceof Value.Obj(var members)) {
                members.forEach((name, value) -> fields.put(name, value.asText()));
            }
            return fields;
        }
        var fields = new TreeMap<>(call.form());
        var authorization = call.header("authorization");
        if (authorization.startsWith("Basic ")) {
            var app = new String(Base64.getDecoder().decode(authorization.substring("Basic ".length())), UTF_8);
            fields.put("client_id", app.substring(0, app.indexOf(':')));
            fields.put("client_secret", app.substring(app.indexOf(':') + 1));
        }
        return fields;
    }
}
