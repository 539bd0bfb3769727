/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an instance had counted at one moment.
 *
 * @param accepted events of the connection, each once
 * @param rejected requests to it that were refused
 * @param deadLetters messages in the events queue's dead-letter queue
 * @param writeUnits DynamoDB write units, all tables
 * @param readUnits DynamoDB read units, all tables
 * @param sqsRequests SQS requests in chunks of 64 KB, polling included
 * @param invocations by function
 */
record Account(
        long accepted,
        long rejected,
        long deadLetters,
        double writeUnits,
        double readUnits,
        long sqsRequests,
        Map<String, Long> invocations) {

    static Account read(Host host, ConnectionId connection) throws Host.Trouble {
        var counters = Host.json(host.api("/api/v4/connections/" + connection)).at("counters");
        var usage = Host.json(host.get("/_local/usage"));
        var invocations = new TreeMap<String, Long>();
        if (usage.at("invocations") instanceof Value.Obj(var members)) {
            members.forEach((function, times) -> invocations.put(function, Drain.number(times)));
        }
        return new Account(
                Drain.number(counters.at("accepted")),
                Drain.number(counters.at("rejected")),
                Drain.deadLetters(host),
                units(usage.at("dynamodb").at("write_units")),
                units(usage.at("dynamodb").at("read_units")),
                Drain.number(usage.at("sqs").at("requests")),
                invocations);
    }

    private static double units(Value value) {
        return value instanceof Value.Num number ? number.asDouble() : 0;
    }

    Account since(Account before) {
        var grown = new TreeMap<String, Long>();
        invocations.forEach(
                (function, times) -> grown.put(function, times - before.invocations.getOrDefault(function, 0L)));
        return new Account(
                accepted - before.accepted,
                rejected - before.rejected,
                deadLetters - before.deadLetters,
                writeUnits - before.writeUnits,
                readUnits - before.readUnits,
                sqsRequests - before.sqsRequests,
                grown);
    }
}
