/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters by name, in memory or in one JSON file that only its owner can read. Values lie there in the clear: the
 * file's mode is the whole protection, as for a key in {@code ~/.ssh}.
 */
final class ParameterStore {

    /** A parameter as it was last put. */
    record Parameter(String type, String value, long version, long modifiedMillis) {}

    private final Path file;
    private TreeMap<String, Parameter> all = new TreeMap<>();

    private ParameterStore(Path file) {
        this.file = file;
    }

    static ParameterStore inMemory() {
        return new ParameterStore(null);
    }

    static ParameterStore open(Path file) throws IOException {
        var store = new ParameterStore(file);
        if (Files.exists(file)) {
            for (var entry : Json.object(Files.readAllBytes(file)).entrySet()) {
                var members = (Map<?, ?>) entry.getValue();
                store.all.put(
                        entry.getKey(),
                        new Parameter(
                                (String) members.get("type"),
                                (String) members.get("value"),
                                ((Number) members.get("version")).longValue(),
                                ((Number) members.get("modified")).longValue()));
            }
        }
        return store;
    }

    synchronized Optional<Parameter> get(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** Those below a path, by name. */
    synchronized SortedMap<String, Parameter> below(String path) {
        var prefix = path.endsWith("/") ? path : path + "/";
        return new TreeMap<>(all.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    /** The new version, or 0 when there is one already and it is not to be replaced. */
    synchronized long put(String name, String type, String value, boolean overwrite, long nowMillis)
            throws IOException {
        var old = all.get(name);
        if (old != null && !overwrite) {
            return 0;
        }
        var version = old == null ? 1 : old.version() + 1;
        var next = new TreeMap<>(all);
        next.put(name, new Parameter(type, value, version, nowMillis));
        keep(next);
        return version;
    }

    synchronized boolean delete(String name) throws IOException {
        var next = new TreeMap<>(all);
        if (next.remove(name) == null) {
            return false;
        }
        keep(next);
        return true;
    }

    private void keep(TreeMap<String, Parameter> next) throws IOException {
        if (file != null) {
            var tree = new LinkedHashMap<String, Object>();
            next.forEach((name, parameter) -> {
                var members = new LinkedHashMap<String, Object>();
                members.put("type", parameter.type());
                members.put("value", parameter.value());
                members.put("version", parameter.version());
                members.put("modified", parameter.modifiedMillis());
                tree.put(name, members);
            });
            replace(Json.bytes(tree));
        }
        all = next;
    }

    /** The mode is there before the content is. */
    private void replace(byte[] content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(fresh);
        }
        Files.write(fresh, content, StandardOpenOption.WRITE);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
