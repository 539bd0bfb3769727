/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import io.signalbox.processor.Tally.Count;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import io.signalbox.queue.RejectionCodec;
import io.signalbox.runtime.Log;
import io.signalbox.store.ControlStore;
import io.signalbox.store.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Messages of the queue of refused requests: into the list that their connection's owner reads, and its counter. What
 * nobody can read, or names a connection that is not there, is dropped; it would only fill the table.
 */
final class Refusals {

    private final ControlStore control;
    private final Log log;

    Refusals(ControlStore control, Log log) {
        this.control = requireNonNull(control, "control is null");
        this.log = requireNonNull(log, "log is null");
    }

    private record Read(SQSMessage message, Rejection rejection) {}

    void handle(List<SQSMessage> messages, Tally tally, Done done) {
        var byConnection = new TreeMap<ConnectionId, List<Read>>();
        for (var message : messages) {
            try {
                var rejection = RejectionCodec.decode(message.getBody());
                byConnection
                        .computeIfAbsent(rejection.connection(), _ -> new ArrayList<>())
                        .add(new Read(message, rejection));
            } catch (Undecodable e) {
                done.add(message);
                log.warn(
                        "dropped a note of a refused request",
                        Log.line().with("message_id", message.getMessageId()).with("detail", e.getMessage()));
            }
        }
        byConnection.forEach((connection, read) -> keep(connection, read, tally, done));
    }

    private void keep(ConnectionId connection, List<Read> read, Tally tally, Done done) {
        try {
            if (control.connection(connection).isPresent()) {
                control.addRejections(
                        connection, read.stream().map(Read::rejection).toList());
                control.countRejected(connection, read.size());
            }
            read.forEach(each -> done.add(each.message()));
            tally.add(Count.REJECTIONS, read.size());
        } catch (Unavailable e) {
            tally.add(Count.RETRIES, read.size());
            log.warn("cannot keep refused requests", Log.line().with(e));
        }
    }
}
