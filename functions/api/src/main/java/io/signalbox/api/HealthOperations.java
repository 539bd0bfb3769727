/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.ControlStore;
import io.signalbox.store.RecordStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether the stack can take work: both tables and the parameters answer, and there is a key to sign tokens with. What
 * was found is told for five seconds, so that a health check in a tight loop costs nothing.
 */
final class HealthOperations implements Family {

    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final RecordKey ANY = new RecordKey(ObjectType.CONTACT, new RecordId(1));

    private final RecordStore records;
    private final ControlStore control;
    private final Parameters parameters;
    private final InstantSource clock;

    private List<Detail> failures = List.of();
    private Instant checkedAt = Instant.MIN;

    HealthOperations(RecordStore records, ControlStore control, Parameters parameters, InstantSource clock) {
        this.records = requireNonNull(records, "records is null");
        this.control = requireNonNull(control, "control is null");
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    private interface Check {
        boolean passes() throws Exception;
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("getHealth", this::health);
    }

    private synchronized Response health(Call call) {
        var now = clock.instant();
        if (checkedAt.equals(Instant.MIN) || now.isAfter(checkedAt.plus(KEPT)) || now.isBefore(checkedAt)) {
            failures = check();
            checkedAt = now;
        }
        if (failures.isEmpty()) {
            return Response.json(200, Value.of(Map.of("status", Value.of("pass"))));
        }
        throw Refusal.of(
                        ErrorCode.UNAVAILABLE,
                        "Signalbox cannot take work at the moment; see details.",
                        failures.toArray(Detail[]::new))
                .with("Retry-After", "5");
    }

    private List<Detail> check() {
        var found = new ArrayList<Detail>();
        check(found, "records_table", "does not answer.", () -> {
            records.get(ANY);
            return true;
        });
        check(found, "control_table", "does not answer.", () -> {
            control.rules();
            return true;
        });
        check(
                found,
                "parameters",
                "hold no signing key yet, or do not answer.",
                () -> parameters.get(TokenIssuer.PARAMETER).isPresent());
        return List.copyOf(found);
    }

    private static void check(List<Detail> found, String name, String message, Check check) {
        try {
            if (check.passes()) {
                return;
            }
        } catch (Exception _) {
            // Whatever the failure, the answer is the same; the store's own log line has the rest.
        }
        found.add(new Detail("/" + name, "FAILS", "The " + name.replace('_', ' ') + " " + message));
    }
}
