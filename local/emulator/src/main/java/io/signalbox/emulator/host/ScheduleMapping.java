/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.emulator.template.Trigger.Schedule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Wakes a function at a fixed rate by the host's clock, as an EventBridge rule does; a failure is not retried. */
final class ScheduleMapping implements Source {

    /** How often the clock is looked at, for a test may move it. */
    private static final long LOOK_MILLIS = 100;

    private final Schedule schedule;
    private final Invocation function;
    private final InstantSource clock;
    private Instant next;

    ScheduleMapping(Schedule schedule, Invocation function, InstantSource clock) {
        this.schedule = schedule;
        this.function = function;
        this.clock = clock;
        this.next = clock.instant().plus(schedule.every());
    }

    @Override
    public boolean step() {
        var now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        // Times that went by while nobody looked are not made up for.
        next = now.plus(schedule.every());
        fire();
        return true;
    }

    @Override
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            step();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    Outcome fire() {
        var event = new LinkedHashMap<String, Object>();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Scheduled Event");
        event.put("source", "aws.events");
        event.put("account", "000000000000");
        event.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", "us-east-1");
        event.put("resources", List.of("arn:aws:events:us-east-1:000000000000:rule/" + schedule.name()));
        event.put("detail", Map.of());
        return function.of(Json.bytes(event));
    }
}
