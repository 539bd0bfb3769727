/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Which calls go wrong, and how: drawn at random from a seed, or one chosen call. It keeps a list of what it did, so
 * that a test can say that something happened at all.
 */
public final class FaultPlan {

    /** What can go wrong with one call. */
    public enum Fault {
        NONE,
        /** Refused as too much, in the service's own words; nothing is done. */
        THROTTLE,
        /** Answered 500; nothing is done. */
        INTERNAL_ERROR,
        /** Done, but the connection drops before the answer: the caller cannot know. */
        ANSWER_LOST,
        /** Not done; the connection drops, and so does every later one until {@link FaultPlan#revive}. */
        CRASH
    }

    /** A fault that was made. */
    public record Injected(long number, Call call, Fault fault) {}

    /** What befalls the n-th matching call, counted from 1. */
    private interface Choice {
        Fault fault(long n);
    }

    private final Predicate<Call> filter;
    private final Choice choice;
    private final List<Injected> log = new ArrayList<>();
    private long matching;
    private boolean down;

    private FaultPlan(Predicate<Call> filter, Choice choice) {
        this.filter = requireNonNull(filter, "filter is null");
        this.choice = choice;
    }

    /** Nothing goes wrong; {@link #calls} counts all the same. */
    public static FaultPlan none() {
        return new FaultPlan(call -> true, n -> Fault.NONE);
    }

    /** Each call fails in each way with the given chance, 0 to 1, by draws from the seed. */
    public static FaultPlan random(long seed, Map<Fault, Double> chances, Predicate<Call> filter) {
        var of = new EnumMap<Fault, Double>(Fault.class);
        of.putAll(chances);
        RandomGenerator random = new SplittableRandom(seed);
        return new FaultPlan(filter, n -> {
            var draw = random.nextDouble();
            for (var chance : of.entrySet()) {
                draw -= chance.getValue();
                if (draw < 0) {
                    return chance.getKey();
                }
            }
            return Fault.NONE;
        });
    }

    /** The n-th matching call alone fails, counted from 1: with n from 1 up, a test walks through every call. */
    public static FaultPlan nth(long n, Fault fault, Predicate<Call> filter) {
        return new FaultPlan(filter, number -> number == n ? fault : Fault.NONE);
    }

    /** A filter: calls of these actions. */
    public static Predicate<Call> actions(String... names) {
        var wanted = List.of(names);
        return call -> wanted.contains(call.action());
    }

    synchronized Fault decide(Call call) {
        if (down) {
            return Fault.CRASH;
        }
        if (!filter.test(call)) {
            return Fault.NONE;
        }
        matching++;
        var fault = choice.fault(matching);
        if (fault != Fault.NONE) {
            log.add(new Injected(matching, call, fault));
        }
        down = fault == Fault.CRASH;
        return fault;
    }

    /** Ends a crash. */
    public synchronized void revive() {
        down = false;
    }

    /** Whether a crash came and has not been ended. */
    public synchronized boolean down() {
        return down;
    }

    /** How many calls matched so far. */
    public synchronized long calls() {
        return matching;
    }

    public synchronized List<Injected> log() {
        return List.copyOf(log);
    }
}
