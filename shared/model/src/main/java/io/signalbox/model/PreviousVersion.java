/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The version of the API before the current one, v3: the operations on records once more, under paths of their own. Each
 * is answered by the current operation of the same name, so that one that is added there is there in v3 as well. What is
 * new in v4 is not: connections, rules, schemas, the change feed, reports.
 */
public final class PreviousVersion {

    public static final String PATH = "/api/v3";

    private static final String CURRENT = "/api/v4";
    private static final String SUFFIX = "V3";
    private static final String DELETIONS = "listDeleted";

    /** First parts of paths: all that was there when v3 was the current version. */
    private static final Set<String> KEPT = Set.of(
            "",
            "contacts",
            "leads",
            "companies",
            "deals",
            "activities",
            "tickets",
            "associations",
            "pipelines",
            "owners",
            "jobs");

    private PreviousVersion() {}

    /** The operations of v3 that stand for current ones. */
    static List<Operation> of(List<Operation> current) {
        var previous = new ArrayList<Operation>();
        for (var operation : current) {
            if (isKept(operation.template())) {
                var path = PATH + operation.template().substring(CURRENT.length());
                previous.add(new Operation(operation.id() + SUFFIX, operation.method(), path, operation.scope()));
            }
        }
        for (var operation : current) {
            if (operation.template().matches(CURRENT + "/[a-z]+/batch/archive") && isKept(operation.template())) {
                previous.add(deletions(current, operation));
            }
        }
        return previous;
    }

    /** The list of what is gone, for whoever may read what is there; v3 has it where v4 has the change feed. */
    private static Operation deletions(List<Operation> current, Operation archive) {
        var many = archive.id().substring("batchArchive".length());
        var list = current.stream()
                .filter(operation -> operation.id().equals("list" + many))
                .findFirst()
                .orElseThrow();
        var path = PATH + list.template().substring(CURRENT.length()) + "/deleted";
        return new Operation(DELETIONS + many + SUFFIX, "GET", path, list.scope());
    }

    private static boolean isKept(String template) {
        if (!template.equals(CURRENT) && !template.startsWith(CURRENT + "/")) {
            return false;
        }
        var parts = template.substring(CURRENT.length()).split("/");
        return KEPT.contains(parts.length < 2 ? "" : parts[1]) && !template.endsWith("/changes");
    }

    /** Whether it is an operation of v3. */
    public static boolean has(Operation operation) {
        return operation.template().equals(PATH) || operation.template().startsWith(PATH + "/");
    }

    /** Whether it is one of the lists of what is gone. */
    public static boolean isDeletions(Operation operation) {
        return operation.id().startsWith(DELETIONS);
    }

    /** The id of the current operation that one of v3 stands for; that of none where v3 has it alone. */
    public static String current(Operation operation) {
        return operation.id().substring(0, operation.id().length() - SUFFIX.length());
    }

    /** The path of the current version where v3 has this one. */
    public static String currentPath(String path) {
        return CURRENT + path.substring(PATH.length());
    }
}
