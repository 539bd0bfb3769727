/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import io.signalbox.emulator.sqs.Attribute;
import io.signalbox.emulator.sqs.Message;
import io.signalbox.emulator.sqs.SqsError;
import io.signalbox.emulator.sqs.SqsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The members of one SQS request, or of one entry of a batch, with the types they must have. */
record SqsRequest(Map<String, Object> members) {

    private static final int MAX_ENTRIES = 10;
    private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final String TRACE = "AWSTraceHeader";

    String text(String name) throws SqsException {
        var value = text(name, null);
        if (value == null) {
            throw new SqsException(SqsError.MISSING_PARAMETER, "The request must contain the parameter " + name + ".");
        }
        return value;
    }

    String text(String name, String otherwise) {
        return members.get(name) instanceof String text ? text : otherwise;
    }

    int number(String name) throws SqsException {
        if (members.get(name) instanceof Number number) {
            return number.intValue();
        }
        throw new SqsException(SqsError.MISSING_PARAMETER, "The request must contain the parameter " + name + ".");
    }

    int number(String name, int otherwise) {
        return members.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    List<String> list(String name) {
        return members.get(name) instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    Map<String, String> texts(String name) {
        var texts = new LinkedHashMap<String, String>();
        objects(name).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    private Map<String, Object> objects(String name) {
        return object(members.get(name));
    }

    private static Map<String, Object> object(Object value) {
        var objects = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> objects.put((String) key, member));
        }
        return objects;
    }

    /** The entries of a batch, after the checks that concern the batch as a whole. */
    List<SqsRequest> entries() throws SqsException {
        var entries = members.get("Entries") instanceof List<?> items
                ? items.stream().map(item -> new SqsRequest(object(item))).toList()
                : List.<SqsRequest>of();
        if (entries.isEmpty()) {
            throw new SqsException(SqsError.EMPTY_BATCH_REQUEST, "There should be at least one entry in the request.");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw new SqsException(
                    SqsError.TOO_MANY_ENTRIES,
                    "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
        }
        var ids = new HashSet<String>();
        for (var entry : entries) {
            var id = entry.text("Id");
            if (!ENTRY_ID.matcher(id).matches()) {
                throw new SqsException(
                        SqsError.INVALID_ENTRY_ID,
                        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be"
                                + " at most 80 letters long.");
            }
            if (!ids.add(id)) {
                throw new SqsException(SqsError.ENTRY_IDS_NOT_DISTINCT, "Id " + id + " repeated.");
            }
        }
        return entries;
    }

    /** What a member of an entry is read by. */
    interface Reader<T> {
        T read(SqsRequest entry) throws SqsException;
    }

    static <T> List<T> each(List<SqsRequest> entries, Reader<T> reader) throws SqsException {
        var all = new ArrayList<T>();
        for (var entry : entries) {
            all.add(reader.read(entry));
        }
        return all;
    }

    Message.Draft draft() throws SqsException {
        var attributes = new HashMap<String, Attribute>();
        for (var attribute : objects("MessageAttributes").entrySet()) {
            attributes.put(attribute.getKey(), attribute(attribute.getKey(), object(attribute.getValue())));
        }
        var system = new HashMap<String, String>();
        if (text("MessageGroupId", null) != null) {
            system.put("MessageGroupId", text("MessageGroupId"));
        }
        var trace = object(objects("MessageSystemAttributes").get(TRACE)).get("StringValue");
        if (trace != null) {
            system.put(TRACE, trace.toString());
        }
        var delay = members.containsKey("DelaySeconds") ? (Integer) number("DelaySeconds") : null;
        return new Message.Draft(text("MessageBody"), attributes, system, delay);
    }

    private static Attribute attribute(String name, Map<String, Object> value) throws SqsException {
        var type = value.get("DataType");
        var text = value.get("StringValue");
        var binary = value.get("BinaryValue");
        if (type == null || (text == null) == (binary == null)) {
            throw new SqsException(
                    SqsError.INVALID_PARAMETER_VALUE,
                    "The message attribute '" + name
                            + "' must contain a non-empty message attribute value for its type.");
        }
        return new Attribute(
                type.toString(), text == null ? null : text.toString(), binary == null ? null : binary.toString());
    }

    /** Those attributes that a receive asks for: by name, by {@code prefix.*}, or all of them. */
    static SortedMap<String, Attribute> chosen(SortedMap<String, Attribute> attributes, List<String> wanted) {
        var chosen = new TreeMap<>(attributes);
        chosen.keySet().removeIf(name -> wanted.stream().noneMatch(want -> matches(want, name)));
        return chosen;
    }

    private static boolean matches(String want, String name) {
        return want.equals("All")
                || want.equals(name)
                || (want.endsWith(".*") && name.startsWith(want.substring(0, want.length() - 2)));
    }

    static Map<String, Object> wire(SortedMap<String, Attribute> attributes) {
        var wire = new LinkedHashMap<String, Object>();
        attributes.forEach((name, attribute) -> {
            var member = attribute.text() == null ? "BinaryValue" : "StringValue";
            var value = attribute.text() == null ? attribute.binary() : attribute.text();
            wire.put(name, Map.of("DataType", attribute.dataType(), member, value));
        });
        return wire;
    }

    /** The one system attribute that a sender may set, in the form its digest is taken of. */
    static SortedMap<String, Attribute> traceHeader(Message message) {
        var trace = new TreeMap<String, Attribute>();
        if (message.system().containsKey(TRACE)) {
            trace.put(TRACE, new Attribute("String", message.system().get(TRACE), null));
        }
        return trace;
    }
}
