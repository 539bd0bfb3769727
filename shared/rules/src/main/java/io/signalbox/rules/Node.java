/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A value in a document, its place, and questions that note a problem there when the answer is no. What is asked for is
 * then a harmless value, so that reading goes on and finds the next problem.
 *
 * @param value null where the member is missing
 */
record Node(Value value, Place place, Problems problems) {

    boolean isMissing() {
        return value == null;
    }

    Node member(String name) {
        var held = value instanceof Value.Obj(var members) ? members.get(name) : null;
        return new Node(held, place.member(name), problems);
    }

    /** Refuses members of any other name. */
    void only(String... names) {
        if (value instanceof Value.Obj(var members)) {
            var known = Set.of(names);
            for (var name : members.keySet()) {
                if (!known.contains(name)) {
                    problems.add(place.member(name), "unknown member; expected one of " + String.join(", ", names));
                }
            }
        } else if (value != null) {
            problem("expected an object");
        }
    }

    Map<String, Node> members() {
        var nodes = new LinkedHashMap<String, Node>();
        if (value instanceof Value.Obj(var members) && !members.isEmpty()) {
            members.keySet().forEach(name -> nodes.put(name, member(name)));
        } else {
            problem("expected an object with at least one member");
        }
        return nodes;
    }

    List<Node> items(int least, int most) {
        var nodes = new ArrayList<Node>();
        if (!(value instanceof Value.Arr(var items)) || items.size() < least || items.size() > most) {
            problem("expected a list of " + least + " to " + most);
            return nodes;
        }
        for (var i = 0; i < items.size(); i++) {
            nodes.add(new Node(items.get(i), place.item(i), problems));
        }
        return nodes;
    }

    /** A text in that form; "" when it is not. */
    String matching(Pattern form) {
        if (value instanceof Value.Text(var text) && form.matcher(text).matches()) {
            return text;
        }
        problem("expected a text of the form " + form.pattern());
        return "";
    }

    String text(int most) {
        if (value instanceof Value.Text(var text) && !text.isBlank() && text.length() <= most) {
            return text;
        }
        problem("expected a text of 1 to " + most + " characters");
        return "";
    }

    /** One of these words; the first when it is none of them. */
    String oneOf(String... words) {
        if (value instanceof Value.Text(var text) && List.of(words).contains(text)) {
            return text;
        }
        problem("expected " + String.join(" or ", words));
        return words[0];
    }

    int integer(int least, int most) {
        if (value instanceof Value.Num(var number)
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
            return number.intValueExact();
        }
        problem("expected a whole number from " + least + " to " + most);
        return least;
    }

    /**
     * Points, in tenths. A number with more decimals is refused: totals shown with one decimal could not add up.
     *
     * @param otherwise what a missing value stands for; null when it must be there
     */
    long tenths(long least, long most, Long otherwise) {
        if (value == null && otherwise != null) {
            return otherwise;
        }
        if (value instanceof Value.Num(var number)
                && number.stripTrailingZeros().scale() <= 1
                && number.compareTo(Explanation.points(least)) >= 0
                && number.compareTo(Explanation.points(most)) <= 0) {
            return number.movePointRight(1).longValueExact();
        }
        problem("expected a number from " + least / 10 + " to " + most / 10 + " with at most one decimal");
        return Math.clamp(0, least, most);
    }

    /** Notes that it must be there. */
    void missing() {
        problems.add(place, place.step() + ": is missing");
    }

    private void problem(String message) {
        problems.add(place, place.step() + ": " + (value == null ? "is missing; " : "") + message);
    }
}
