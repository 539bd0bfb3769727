/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.Link;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links in memory: the whole contract. Thread-safe; nothing expires. */
public final class MemoryLinkStore implements LinkStore {

    private record Place(UniqueKey to, RecordKey from, String label) {}

    private final Map<Link, Statement> statements = new HashMap<>();
    private final Map<Place, Parked> parked = new HashMap<>();

    @Override
    public synchronized boolean put(Statement said) {
        var held = statements.get(said.link());
        if (held != null && !said.stamp().isAfter(held.stamp())) {
            return false;
        }
        statements.put(said.link(), said);
        return true;
    }

    @Override
    public synchronized Optional<Statement> get(Link link) {
        return Optional.ofNullable(statements.get(link));
    }

    @Override
    public synchronized List<Linked> list(
            RecordKey record, Optional<ObjectType> to, Optional<String> after, int limit) {
        return of(record).stream()
                .filter(Statement::present)
                .map(said -> linked(said, record))
                .filter(linked -> to.isEmpty() || linked.other().object().equals(to.get()))
                .filter(linked -> after.isEmpty() || linked.position().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Linked::position))
                .limit(limit)
                .toList();
    }

    private List<Statement> of(RecordKey record) {
        return statements.values().stream()
                .filter(said ->
                        said.link().from().equals(record) || said.link().to().equals(record))
                .toList();
    }

    private static Linked linked(Statement said, RecordKey record) {
        var position = LinkItems.key(said.link(), record).get(Table.SK).s();
        return new Linked(said.link(), said.link().other(record), said.stamp(), position);
    }

    @Override
    public synchronized void move(RecordKey loser, RecordKey survivor) {
        for (var said : of(loser)) {
            statements.remove(said.link());
            if (!said.link().other(loser).equals(survivor)) {
                put(new Statement(said.link().with(loser, survivor), said.present(), said.stamp()));
            }
        }
    }

    @Override
    public synchronized void erase(RecordKey record) {
        of(record).forEach(said -> statements.remove(said.link()));
    }

    @Override
    public synchronized void park(Parked more) {
        parked.merge(place(more), more, (held, said) -> said.stamp().isAfter(held.stamp()) ? said : held);
    }

    @Override
    public synchronized List<Parked> parked(UniqueKey to) {
        return new ArrayList<>(parked.values().stream()
                .filter(said -> said.to().equals(to))
                .sorted(Comparator.comparing(Parked::from).thenComparing(Parked::label))
                .toList());
    }

    @Override
    public synchronized void unpark(Parked done) {
        parked.remove(place(done), done);
    }

    private static Place place(Parked parked) {
        return new Place(parked.to(), parked.from(), parked.label());
    }
}
