/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.openapi.Requests;
import io.signalbox.model.Operations;
import io.signalbox.model.Scope;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Requests made from the contract and broken: none is answered with a 5xx, and every answer is one that the contract
 * has. {@code -Dfuzz.requests} says how many, {@code -Dfuzz.seed} which; see scripts/fuzz-api.
 */
class ContractFuzzTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 6_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_260_301);

    /** After so many a new API with nothing in it is asked, so that what is stored stays small. */
    private static final int A_ROUND = 1_500;

    private final TreeMap<Integer, Integer> statuses = new TreeMap<>();
    private final HashSet<String> answered = new HashSet<>();

    /** What went wrong, one of a kind. */
    private final Map<String, String> failures = new LinkedHashMap<>();

    @Test
    void no_request_breaks_anything_and_every_answer_is_in_the_contract() throws Exception {
        for (var done = 0; done < REQUESTS; done += A_ROUND) {
            round(new SplittableRandom(SEED + done), Math.min(A_ROUND, REQUESTS - done));
        }

        assertThat(failures.values()).isEmpty();
        System.out.println("Answers by status: " + statuses);
        var good = statuses.headMap(300).values().stream().mapToInt(n -> n).sum();
        assertThat(good).as("requests that got through: " + statuses).isGreaterThan(REQUESTS / 6);
        assertThat(answered).as("operations that did what they are for").hasSizeGreaterThan(Operations.ALL.size() / 2);
    }

    private void round(SplittableRandom random, int requests) throws Exception {
        var api = new TestApi();
        var made = new Requests(random);
        for (var opener : made.openers()) {
            answer(opener, api, made);
        }
        for (var i = 0; i < requests; i++) {
            answer(made.next(), api, made);
        }
    }

    private static TestApi.Call call(Requests.Made request, TestApi api) {
        var call = api.bare(request.method(), request.path());
        request.headers().forEach(call::header);
        if (request.body() != null) {
            call = request.isBase64() ? call.base64(request.body()) : call.body(request.body());
        }
        return request.client().isPresent() ? call.allowed(request.client().get(), Scope.values()) : call;
    }

    private void answer(Requests.Made request, TestApi api, Requests requests) throws Exception {
        var call = call(request, api);
        TestApi.Answer answer;
        try {
            answer = call.go();
            assertThat(answer.status()).as(answer.text()).isLessThan(500);
            if (request.client().isEmpty() && !request.operation().isPublic()) {
                assertThat(answer.status()).isNotEqualTo(200);
            }
        } catch (AssertionError e) {
            var what = shortened(e.getMessage());
            failures.putIfAbsent(
                    request.operation().id() + what.substring(Math.max(0, what.length() - 100)),
                    shortened(call.event()) + "\n" + what);
            return;
        }
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() < 300 && request.method().equals(request.operation().method())) {
            answered.add(request.operation().id());
        }
        requests.learn(request, answer.status(), answer.text());
    }

    private static String shortened(String text) {
        return text.length() < 2_000 ? text : text.substring(0, 1_000) + "…" + text.substring(text.length() - 1_000);
    }
}
