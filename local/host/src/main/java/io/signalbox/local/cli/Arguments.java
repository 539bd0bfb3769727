/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command's words, split into flags and the rest. */
final class Arguments {

    /** The words are off; the message says how. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> switches = new java.util.LinkedHashSet<>();

    private Arguments() {}

    /**
     * @param withValue names of flags that take a value: {@code --port 3000} or {@code --port=3000}
     * @param without names of flags that take none
     */
    static Arguments parse(List<String> given, Set<String> withValue, Set<String> without) throws Wrong {
        var parsed = new Arguments();
        for (var i = 0; i < given.size(); i++) {
            var word = given.get(i);
            if (!word.startsWith("--")) {
                parsed.words.add(word);
                continue;
            }
            var equals = word.indexOf('=');
            var name = word.substring(2, equals < 0 ? word.length() : equals);
            if (without.contains(name) && equals < 0) {
                parsed.switches.add(name);
            } else if (withValue.contains(name)) {
                if (equals < 0 && i + 1 == given.size()) {
                    throw new Wrong("--" + name + " needs a value");
                }
                parsed.values.put(name, equals < 0 ? given.get(++i) : word.substring(equals + 1));
            } else {
                throw new Wrong("--" + name + " is not an option here; it takes "
                        + String.join(", ", flags(withValue, without)));
            }
        }
        return parsed;
    }

    private static List<String> flags(Set<String> withValue, Set<String> without) {
        var all = new ArrayList<String>();
        withValue.stream().sorted().forEach(name -> all.add("--" + name + " …"));
        without.stream().sorted().forEach(name -> all.add("--" + name));
        return all;
    }

    List<String> words() {
        return words;
    }

    boolean has(String name) {
        return switches.contains(name);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number of at least {@code least}. */
    int number(String name, int otherwise, int least) throws Wrong {
        var value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Wrong("--" + name + " takes a whole number of at least " + least + ", not " + value);
    }

    int port() throws Wrong {
        var port = number("port", 3000, 1);
        if (port > 65_535) {
            throw new Wrong("--port takes a port below 65536, not " + port);
        }
        return port;
    }
}
