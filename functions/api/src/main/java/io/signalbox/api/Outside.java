/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.outbound.ChannelEnds;
import io.signalbox.outbound.Connect;
import io.signalbox.outbound.Grants;
import io.signalbox.outbound.Reaches;
import io.signalbox.outbound.VendorHttp;
import io.signalbox.parameters.Parameters;
import io.signalbox.queue.FetchQueue;
import io.signalbox.store.StateStore;
import java.time.Clock;

/** What the API needs to give connections access to their vendors and to have things done there. */
record Outside(StateStore states, VendorHttp http, FetchQueue jobs) {

    Outside {
        requireNonNull(states, "states is null");
        requireNonNull(http, "http is null");
        requireNonNull(jobs, "jobs is null");
    }

    Reaches reaches(Clock clock) {
        return new Reaches(states, clock);
    }

    ChannelEnds channels() {
        return new ChannelEnds(states);
    }

    Connect connect(Parameters parameters, Clock clock, RandomText random) {
        return new Connect(new Grants(parameters, clock), states, reaches(clock), http, clock, random.generator());
    }
}
