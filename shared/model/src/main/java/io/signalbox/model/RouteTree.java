/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paths to operations: a tree with one level a segment. A segment that is written out goes before one that varies, and
 * what was chosen is given up again when the rest of the path does not fit.
 */
final class RouteTree {

    private static final class Node {
        private final Map<String, Node> written = new HashMap<>();
        private Node varying;
        private final Map<String, Operation> operations = new LinkedHashMap<>();
    }

    /** The end of a path: the operations there by method, and the path's segments. */
    record Leaf(Map<String, Operation> operations, List<String> segments) {

        Map<String, String> variables(Operation operation) {
            var names = operation.segments();
            var variables = new HashMap<String, String>();
            for (var i = 0; i < names.size(); i++) {
                if (isVariable(names.get(i))) {
                    variables.put(names.get(i).substring(1, names.get(i).length() - 1), segments.get(i));
                }
            }
            return variables;
        }
    }

    private final Node root = new Node();

    RouteTree(Collection<Operation> operations) {
        for (var operation : operations) {
            var node = root;
            for (var segment : operation.segments()) {
                node = isVariable(segment) ? varying(node) : node.written.computeIfAbsent(segment, _ -> new Node());
            }
            if (node.operations.put(operation.method(), operation) != null) {
                throw new IllegalArgumentException(
                        "two operations answer " + operation.method() + " " + operation.template());
            }
        }
    }

    private static Node varying(Node node) {
        if (node.varying == null) {
            node.varying = new Node();
        }
        return node.varying;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    Optional<Leaf> find(String rawPath) {
        if (!rawPath.startsWith("/")) {
            return Optional.empty();
        }
        var segments = new ArrayList<String>();
        for (var segment : rawPath.substring(1).split("/", -1)) {
            segments.add(decode(segment));
        }
        var node = find(root, segments, 0);
        return node == null ? Optional.empty() : Optional.of(new Leaf(node.operations, segments));
    }

    private static Node find(Node node, List<String> segments, int at) {
        if (at == segments.size()) {
            return node.operations.isEmpty() ? null : node;
        }
        var written = node.written.get(segments.get(at));
        var found = written == null ? null : find(written, segments, at + 1);
        if (found == null && node.varying != null && !segments.get(at).isEmpty()) {
            return find(node.varying, segments, at + 1);
        }
        return found;
    }

    /** Percent-decodes a segment; a plus stays a plus, and a percent sign that starts no escape stays as it is. */
    private static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        var in = segment.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(in.length);
        for (var i = 0; i < in.length; i++) {
            var high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            var low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            if (low < 0) {
                out.write(in[i]);
            } else {
                out.write(high << 4 | low);
                i += 2;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
