/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Parameters in memory, for tests and for priming. Counts its reads, and can be away. */
public final class MemoryParameters implements Parameters {

    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean away;

    @Override
    public Optional<String> get(String name) throws ParametersUnavailable {
        reads.incrementAndGet();
        reachable();
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public void put(String name, String value) throws ParametersUnavailable {
        reachable();
        values.put(name, requireNonNull(value, "value is null"));
    }

    @Override
    public boolean create(String name, String value) throws ParametersUnavailable {
        reachable();
        return values.putIfAbsent(name, requireNonNull(value, "value is null")) == null;
    }

    @Override
    public void delete(String name) throws ParametersUnavailable {
        reachable();
        values.remove(name);
    }

    /** From now on answers nothing, or answers again. */
    public void setAway(boolean away) {
        this.away = away;
    }

    /** How often {@link #get} was called. */
    public int reads() {
        return reads.get();
    }

    private void reachable() throws ParametersUnavailable {
        if (away) {
            throw new ParametersUnavailable("the parameter store is away", null);
        }
    }
}
