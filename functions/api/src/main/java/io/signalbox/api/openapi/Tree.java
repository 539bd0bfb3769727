/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import io.signalbox.model.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Small changes of JSON trees, which themselves never change. */
final class Tree {

    private Tree() {}

    /** The members of an object, to be changed; none where there is no object. */
    static Map<String, Value> copy(Value value) {
        return value instanceof Value.Obj(var members) ? new LinkedHashMap<>(members) : new LinkedHashMap<>();
    }

    static List<Value> items(Value value) {
        return value instanceof Value.Arr(var items) ? items : List.of();
    }

    /** An object of these members, in this order. */
    static Value of(String name, Value value) {
        return Value.of(Map.of(name, value));
    }

    static Value of(String a, Value one, String b, Value two) {
        return of(a, one, b, two, null, null);
    }

    static Value of(String a, Value one, String b, Value two, String c, Value three) {
        return of(a, one, b, two, c, three, null, null);
    }

    static Value of(String a, Value one, String b, Value two, String c, Value three, String d, Value four) {
        var members = new LinkedHashMap<String, Value>();
        members.put(a, one);
        members.put(b, two);
        if (c != null) {
            members.put(c, three);
        }
        if (d != null) {
            members.put(d, four);
        }
        return Value.of(members);
    }

    static Value ref(String section, String name) {
        return of("$ref", Value.of("#/components/" + section + "/" + name));
    }

    /** Two trees in one; of two values in one place the second. */
    static Value joined(Value one, Value other) {
        if (!(one instanceof Value.Obj(var first)) || !(other instanceof Value.Obj(var second))) {
            return other;
        }
        var both = new LinkedHashMap<>(first);
        second.forEach((name, value) -> both.merge(name, value, Tree::joined));
        return Value.of(both);
    }

    /** The tree with another value at that path. */
    static Value at(Value tree, Value value, String... path) {
        if (path.length == 0) {
            return value;
        }
        var copy = copy(tree);
        var rest = Arrays.copyOfRange(path, 1, path.length);
        copy.put(path[0], at(copy.getOrDefault(path[0], Value.NULL), value, rest));
        return Value.of(copy);
    }

    /** The tree with every object in it changed, the innermost first. */
    static Value each(Value tree, UnaryOperator<Value.Obj> change) {
        return switch (tree) {
            case Value.Obj(var members) -> {
                var copy = new LinkedHashMap<String, Value>();
                members.forEach((name, member) -> copy.put(name, each(member, change)));
                yield change.apply(new Value.Obj(copy));
            }
            case Value.Arr(var items) ->
                Value.of(items.stream().map(item -> each(item, change)).toList());
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> tree;
        };
    }

    /** The tree with every text in it changed, names of members too. */
    static Value texts(Value tree, UnaryOperator<String> change) {
        return switch (tree) {
            case Value.Obj(var members) -> {
                var copy = new LinkedHashMap<String, Value>();
                members.forEach((name, member) -> copy.put(change.apply(name), texts(member, change)));
                yield Value.of(copy);
            }
            case Value.Arr(var items) ->
                Value.of(items.stream().map(item -> texts(item, change)).toList());
            case Value.Text(var text) -> Value.of(change.apply(text));
            case Value.Num _, Value.Bool _, Value.Null _ -> tree;
        };
    }
}
