/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * CloudFormation's intrinsic functions, as far as they have a meaning on one machine: {@code Ref}, {@code GetAtt},
 * {@code Sub}, {@code Join}, {@code If}, {@code Equals}, {@code Not}, {@code And}, {@code Or}, {@code Condition}; short
 * and long form.
 */
final class Intrinsics {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    private static final String NO_VALUE = "AWS::NoValue";

    /** One use of a function: {@code !Ref X} and {@code Ref: X} alike. */
    record Call(String function, Node argument) {

        static Optional<Call> in(Node node) {
            var tag = node.getTag().getValue();
            if (tag.startsWith("!")) {
                return Optional.of(new Call(tag.substring(1), untagged(node)));
            }
            if (node instanceof MappingNode mapping && mapping.getValue().size() == 1) {
                var tuple = mapping.getValue().getFirst();
                var key = ((ScalarNode) tuple.getKeyNode()).getValue();
                if (key.equals("Ref") || key.startsWith("Fn::")) {
                    return Optional.of(new Call(key.substring(key.indexOf(':') < 0 ? 0 : 4), tuple.getValueNode()));
                }
                if (key.equals("Condition") && tuple.getValueNode() instanceof ScalarNode) {
                    return Optional.of(new Call(key, tuple.getValueNode()));
                }
            }
            return Optional.empty();
        }

        private static Node untagged(Node node) {
            return switch (node) {
                case ScalarNode scalar ->
                    new ScalarNode(
                            Tag.STR,
                            true,
                            scalar.getValue(),
                            scalar.getScalarStyle(),
                            scalar.getStartMark(),
                            scalar.getEndMark());
                case SequenceNode list ->
                    new SequenceNode(
                            Tag.SEQ,
                            true,
                            list.getValue(),
                            list.getFlowStyle(),
                            list.getStartMark(),
                            list.getEndMark());
                default -> node;
            };
        }
    }

    private final String file;
    private final Stack stack;
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, Part> conditions = new HashMap<>();
    private final Map<String, String> resourceTypes = new HashMap<>();
    private final Set<String> skipped = new TreeSet<>();

    Intrinsics(String file, Stack stack) {
        this.file = file;
        this.stack = stack;
    }

    String file() {
        return file;
    }

    void parameter(String name, String value) {
        parameters.put(name, value);
    }

    void condition(String name, Part condition) {
        conditions.put(name, condition);
    }

    void resource(String id, String type) {
        resourceTypes.put(id, type);
    }

    void skip(String what) {
        skipped.add(what);
    }

    List<String> skipped() {
        return List.copyOf(skipped);
    }

    Optional<Part> decide(Part part) {
        var call = Call.in(part.node()).orElse(null);
        if (call == null) {
            return Optional.of(part);
        }
        if (call.function.equals("Ref") && scalar(part, call.argument).equals(NO_VALUE)) {
            return Optional.empty();
        }
        if (!call.function.equals("If")) {
            return Optional.of(part);
        }
        var choice = arguments(part, call, 3);
        return Part.of(this, part.path(), choice.get(holds(part, scalar(part, choice.getFirst())) ? 1 : 2));
    }

    String text(Part part) {
        var call = Call.in(part.node()).orElse(null);
        if (call == null) {
            return scalar(part, part.node());
        }
        return switch (call.function) {
            case "Ref" -> reference(part, scalar(part, call.argument));
            case "GetAtt" -> attribute(part, dotted(part, call.argument));
            case "Sub" -> substitute(part, call.argument);
            case "Join" -> {
                var arguments = arguments(part, call, 2);
                var items = new Part(this, part.path(), arguments.get(1)).items();
                yield String.join(
                        scalar(part, arguments.getFirst()),
                        items.stream().map(Part::text).toList());
            }
            default -> throw part.wrong("the function " + call.function + " is not understood here");
        };
    }

    /** Whether the condition of that name holds. */
    boolean holds(Part part, String name) {
        var condition = conditions.get(name);
        if (condition == null) {
            throw part.wrong("there is no condition " + name);
        }
        return truth(condition);
    }

    private boolean truth(Part condition) {
        var call = Call.in(condition.node()).orElseThrow(() -> condition.wrong("should be a condition function"));
        if (call.function.equals("Condition")) {
            return holds(condition, scalar(condition, call.argument));
        }
        var arguments = new Part(this, condition.path(), call.argument).items();
        return switch (call.function) {
            case "Equals" -> arguments.get(0).text().equals(arguments.get(1).text());
            case "Not" -> !truth(arguments.getFirst());
            case "And" -> arguments.stream().allMatch(this::truth);
            case "Or" -> arguments.stream().anyMatch(this::truth);
            default -> throw condition.wrong("the function " + call.function + " is not understood in a condition");
        };
    }

    private String reference(Part part, String name) {
        var value = parameters.get(name);
        if (value != null) {
            return value;
        }
        return switch (name) {
            case "AWS::StackName" -> stack.name();
            case "AWS::Region" -> stack.region();
            case "AWS::AccountId" -> stack.account();
            case "AWS::Partition" -> "aws";
            case "AWS::URLSuffix" -> "amazonaws.com";
            default -> {
                var id = name.endsWith(".Alias") ? name.substring(0, name.length() - ".Alias".length()) : name;
                yield type(part, id).equals(TemplateReader.QUEUE) ? stack.queueUrl(id) : stack.physicalName(id);
            }
        };
    }

    private String attribute(Part part, String dotted) {
        var dot = dotted.indexOf('.');
        if (dot < 0) {
            throw part.wrong("should be Resource.Attribute");
        }
        var id = dotted.substring(0, dot);
        var name = dotted.substring(dot + 1);
        var physical = stack.physicalName(id);
        var type = type(part, id);
        return switch (type + " " + name) {
            case TemplateReader.QUEUE + " Arn" -> stack.arn("sqs", physical);
            case TemplateReader.QUEUE + " QueueName" -> physical;
            case TemplateReader.QUEUE + " QueueUrl" -> stack.queueUrl(id);
            case TemplateReader.TABLE + " Arn" -> stack.arn("dynamodb", "table/" + physical);
            case TemplateReader.TABLE + " StreamArn" -> stack.arn("dynamodb", "table/" + physical + "/stream/latest");
            case TemplateReader.FUNCTION + " Arn" -> stack.arn("lambda", "function:" + physical);
            default -> throw part.wrong("the attribute " + name + " of a " + type + " is not understood");
        };
    }

    /** The id of the resource of that type with the ARN that the part says. */
    String resource(Part part, String type, String attribute) {
        var arn = part.text();
        return resourceTypes.entrySet().stream()
                .filter(resource -> resource.getValue().equals(type))
                .map(Map.Entry::getKey)
                .filter(id -> attribute(part, id + "." + attribute).equals(arn))
                .findFirst()
                .orElseThrow(() -> part.wrong("names no " + type + " of this template"));
    }

    /** The id of the function that the part names, by {@code Ref}, ARN or alias. */
    String function(Part part) {
        var text = part.text();
        return resourceTypes.entrySet().stream()
                .filter(resource -> resource.getValue().equals(TemplateReader.FUNCTION))
                .map(Map.Entry::getKey)
                .filter(id -> text.equals(stack.physicalName(id)) || text.equals(attribute(part, id + ".Arn")))
                .findFirst()
                .orElseThrow(() -> part.wrong("names no function of this template"));
    }

    private String type(Part part, String id) {
        var type = resourceTypes.get(id);
        if (type == null) {
            throw part.wrong("there is no parameter or resource " + id);
        }
        return type;
    }

    private String substitute(Part part, Node argument) {
        var locals = new HashMap<String, String>();
        var text = argument;
        if (!(argument instanceof ScalarNode)) {
            var arguments = arguments(part, new Call("Sub", argument), 2);
            text = arguments.getFirst();
            new Part(this, part.path(), arguments.get(1))
                    .members()
                    .forEach((name, value) -> locals.put(name, value.text()));
        }
        return VARIABLE.matcher(scalar(part, text)).replaceAll(match -> {
            var name = match.group(1);
            return Matcher.quoteReplacement(
                    name.startsWith("!")
                            ? "${" + name.substring(1) + "}"
                            : locals.containsKey(name)
                                    ? locals.get(name)
                                    : name.contains(".") ? attribute(part, name) : reference(part, name));
        });
    }

    private List<Node> arguments(Part part, Call call, int count) {
        if (call.argument instanceof SequenceNode list && list.getValue().size() == count) {
            return list.getValue();
        }
        throw part.wrong(call.function + " takes a list of " + count);
    }

    private String dotted(Part part, Node argument) {
        return argument instanceof ScalarNode
                ? scalar(part, argument)
                : String.join(
                        ".",
                        new Part(this, part.path(), argument)
                                .items().stream().map(Part::text).toList());
    }

    private static String scalar(Part part, Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw part.wrong("should be a single value");
    }
}
