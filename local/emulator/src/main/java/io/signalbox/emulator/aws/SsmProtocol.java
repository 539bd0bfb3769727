/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import io.signalbox.emulator.aws.ParameterStore.Parameter;
import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameter Store over AWS JSON 1.1: the five calls an application makes. A SecureString asked for without decryption
 * comes back masked, not encrypted.
 */
final class SsmProtocol {

    private static final String CONTENT_TYPE = Call.Service.SSM.contentType();
    private static final String SECURE = "SecureString";
    private static final Set<String> TYPES = Set.of("String", "StringList", SECURE);
    private static final int MAX_NAMES = 10;
    private static final int MAX_PAGE = 10;
    /** A standard parameter's limit; an advanced one costs extra. */
    private static final int MAX_VALUE = 4 << 10;

    private static final double MILLIS = 1_000.0;

    private final ParameterStore store;
    private final InstantSource clock;

    SsmProtocol(ParameterStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A refusal in the service's words. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final String type;

        Refused(String type, String message) {
            super(message);
            this.type = type;
        }
    }

    Answer call(String action, byte[] body) throws IOException {
        try {
            return Answer.json(200, CONTENT_TYPE, dispatch(action, Json.object(body)));
        } catch (Refused e) {
            return Answer.json(400, CONTENT_TYPE, Map.of("__type", e.type, "message", e.getMessage()));
        }
    }

    private Map<String, Object> dispatch(String action, Map<String, Object> request) throws Refused, IOException {
        var decrypt = Boolean.TRUE.equals(request.get("WithDecryption"));
        return switch (action) {
            case "GetParameter" -> {
                var name = text(request, "Name");
                var found = store.get(name).orElseThrow(() -> missing(name));
                yield Map.of("Parameter", wire(name, found, decrypt));
            }
            case "GetParameters" -> many(request, decrypt);
            case "GetParametersByPath" -> page(request, decrypt);
            case "PutParameter" -> put(request);
            case "DeleteParameter" -> {
                var name = text(request, "Name");
                if (!store.delete(name)) {
                    throw missing(name);
                }
                yield Map.of();
            }
            default -> throw new Refused("UnknownOperationException", "The operation " + action + " is not emulated.");
        };
    }

    private Map<String, Object> many(Map<String, Object> request, boolean decrypt) throws Refused {
        if (!(request.get("Names") instanceof List<?> names) || names.isEmpty() || names.size() > MAX_NAMES) {
            throw new Refused("ValidationException", "Names must have between 1 and 10 members.");
        }
        var found = new ArrayList<>();
        var invalid = new ArrayList<>();
        for (var each : names) {
            var name = String.valueOf(each);
            store.get(name)
                    .ifPresentOrElse(parameter -> found.add(wire(name, parameter, decrypt)), () -> invalid.add(name));
        }
        return Map.of("Parameters", found, "InvalidParameters", invalid);
    }

    /** The page's token is the last name of the page before. */
    private Map<String, Object> page(Map<String, Object> request, boolean decrypt) throws Refused {
        var path = text(request, "Path");
        var recursive = Boolean.TRUE.equals(request.get("Recursive"));
        var after = request.get("NextToken") instanceof String token ? token : "";
        var max = request.get("MaxResults") instanceof Number number ? number.intValue() : MAX_PAGE;
        var depth = (path.endsWith("/") ? path : path + "/").length();
        var names = store.below(path).keySet().stream()
                .filter(name -> recursive || name.indexOf('/', depth) < 0)
                .filter(name -> name.compareTo(after) > 0)
                .toList();
        var answer = new LinkedHashMap<String, Object>();
        var found = new ArrayList<>();
        for (var name : names.subList(0, Math.min(max, names.size()))) {
            store.get(name).ifPresent(parameter -> found.add(wire(name, parameter, decrypt)));
        }
        answer.put("Parameters", found);
        if (names.size() > max) {
            answer.put("NextToken", names.get(max - 1));
        }
        return answer;
    }

    private Map<String, Object> put(Map<String, Object> request) throws Refused, IOException {
        var name = text(request, "Name");
        var value = text(request, "Value");
        var type = request.get("Type") instanceof String given
                ? given
                : store.get(name).map(Parameter::type).orElse("String");
        if (!TYPES.contains(type)) {
            throw new Refused("UnsupportedParameterType", "The parameter type is not supported.");
        }
        if (value.length() > MAX_VALUE) {
            throw new Refused(
                    "ValidationException",
                    "Standard tier parameters support a maximum parameter value of 4096 characters.");
        }
        var overwrite = Boolean.TRUE.equals(request.get("Overwrite"));
        var version = store.put(name, type, value, overwrite, clock.millis());
        if (version == 0) {
            throw new Refused(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        }
        return Map.of("Version", version, "Tier", "Standard");
    }

    private static Map<String, Object> wire(String name, Parameter parameter, boolean decrypt) {
        var wire = new LinkedHashMap<String, Object>();
        wire.put("Name", name);
        wire.put("Type", parameter.type());
        wire.put("Value", parameter.type().equals(SECURE) && !decrypt ? "(encrypted)" : parameter.value());
        wire.put("Version", parameter.version());
        wire.put("LastModifiedDate", parameter.modifiedMillis() / MILLIS);
        wire.put("ARN", "arn:aws:ssm:us-east-1:000000000000:parameter" + (name.startsWith("/") ? "" : "/") + name);
        wire.put("DataType", "text");
        return wire;
    }

    private static Refused missing(String name) {
        return new Refused("ParameterNotFound", "Parameter " + name + " not found.");
    }

    private static String text(Map<String, Object> request, String member) throws Refused {
        if (request.get(member) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new Refused("ValidationException", "The request must contain " + member + ".");
    }
}
