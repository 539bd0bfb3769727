/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.gateway;

import io.signalbox.emulator.template.Trigger.Route;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks the route of a request by API Gateway's order: the path that is told most exactly first, segment by segment
 * ({@code /a}, then {@code /{x}}, then {@code /{x+}}), a method before {@code ANY}, {@code $default} last.
 * docs.aws.amazon.com, "Create routes for HTTP APIs".
 */
final class Routes {

    /** A route and the values of its path variables. */
    record Match(Route route, Map<String, String> pathParameters) {}

    private final List<Route> ordered;

    Routes(List<Route> routes) {
        ordered = routes.stream()
                .sorted(Comparator.comparing(Routes::rank)
                        .thenComparing(route -> route.method().equals(Route.ANY)))
                .toList();
    }

    Optional<Match> find(String method, String path) {
        for (var route : ordered) {
            if (route.method().equals(Route.ANY) || route.method().equals(method)) {
                var parameters = match(route.path(), path);
                if (parameters != null) {
                    return Optional.of(new Match(route, parameters));
                }
            }
        }
        return Optional.empty();
    }

    /** Sorts by the kind of each segment in turn: exact, variable, greedy; the whole {@code $default} after all. */
    private static String rank(Route route) {
        if (route.path().equals(Route.DEFAULT)) {
            return "9";
        }
        var rank = new StringBuilder();
        for (var segment : segments(route.path())) {
            rank.append(greedy(segment) ? '2' : variable(segment) ? '1' : '0');
        }
        return rank.toString();
    }

    /** The path variables, or null when the path is another. */
    private static Map<String, String> match(String pattern, String path) {
        var parameters = new LinkedHashMap<String, String>();
        if (pattern.equals(Route.DEFAULT)) {
            return parameters;
        }
        var wanted = segments(pattern);
        var given = segments(path);
        for (var i = 0; i < wanted.length; i++) {
            if (i >= given.length) {
                return null;
            }
            if (greedy(wanted[i])) {
                var rest = String.join("/", List.of(given).subList(i, given.length));
                parameters.put(wanted[i].substring(1, wanted[i].length() - 2), rest);
                return rest.isEmpty() ? null : parameters;
            }
            if (variable(wanted[i]) && !given[i].isEmpty()) {
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return null;
            }
        }
        return wanted.length == given.length ? parameters : null;
    }

    private static String[] segments(String path) {
        return path.substring(path.startsWith("/") ? 1 : 0).split("/", -1);
    }

    private static boolean variable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean greedy(String segment) {
        return segment.startsWith("{") && segment.endsWith("+}");
    }
}
