/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

import static io.signalbox.bench.units.Api.json;

import io.signalbox.bench.measure.Report;
import io.signalbox.bench.units.Api.Answer;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * What each call of the API consumes, and whether a page of a listing or a search costs more when more is stored: it must
 * not. {@code api-units [COUNT]} with the greater number of records, 100,000 where nothing is said.
 */
final class ApiUnitsBench {

    private static final PrintStream OUT = System.out;
    private static final int FEW = 1_000;

    private ApiUnitsBench() {}

    public static void main(String[] args) {
        // The functions log to standard output; a figure is hard to find among their lines.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            var many = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
            System.exit(scale(many) + calls() == 0 ? 0 : 1);
        } catch (Exception | LinkageError e) {
            // Threads of the embedded services would keep the JVM alive.
            e.printStackTrace();
            System.exit(2);
        }
    }

    /** Something to ask for, so that its cost can be compared. */
    private interface Question {
        Answer ask(Api api) throws Exception;
    }

    private static Map<String, Question> questions() {
        var all = new LinkedHashMap<String, Question>();
        all.put("list of 100", api -> api.get("/api/v4/deals?limit=100"));
        all.put("list of 100, the fifth page", api -> page(api, 5));
        all.put("list of 100 by `sort=-amount`", api -> api.get("/api/v4/deals?limit=100&sort=-amount"));
        all.put("list of 100 by `filter[stage]=won`", api -> api.get("/api/v4/deals?limit=100&filter[stage]=won"));
        all.put(
                "search of 100, won of a range of amounts",
                api -> search(
                        api,
                        "{'filter':[{'field':'stage','value':'won'},{'field':'amount','op':'gte','value':1000000}],'limit':100}"));
        all.put(
                "search of 100, won or lost, the greatest first",
                api -> search(
                        api,
                        "{'filter':{'field':'stage','op':'in','values':['won','lost']},'sort':'-amount','limit':100}"));
        all.put("search of 20 by id", api -> search(api, "{'filter':{'field':'id','value':'1000000007'}}"));
        return all;
    }

    private static Answer page(Api api, int number) throws Exception {
        var page = api.get("/api/v4/deals?limit=100");
        for (var i = 1; i < number; i++) {
            var after = page.body().at("paging").at("next").at("after").asText();
            page = api.get("/api/v4/deals?limit=100&after=" + after);
        }
        return page;
    }

    private static Answer search(Api api, String body) throws Exception {
        return api.call("POST", "/api/v4/deals/search", json(body));
    }

    private static int scale(int many) throws Exception {
        try (var api = new Api()) {
            var crowd = new Crowd(api);
            crowd.grow(0, FEW);
            // What the function reads once, the rules among it, is no part of a page.
            api.get("/api/v4/deals?limit=1");
            var before = new LinkedHashMap<String, Double>();
            for (var question : questions().entrySet()) {
                before.put(question.getKey(), question.getValue().ask(api).reads());
            }
            crowd.grow(FEW, many);
            var report = new Report(
                    OUT,
                    "api-units: read units of a page, with %,d records stored; the goal is what it took with %,d"
                            .formatted(many, FEW));
            for (var question : questions().entrySet()) {
                report.atMost(
                        question.getKey(), question.getValue().ask(api).reads(), before.get(question.getKey()), "");
            }
            return report.missed();
        }
    }

    private static int calls() throws Exception {
        try (var api = new Api()) {
            var report = new Report(OUT, "api-units: write and read units of a call; the relay's apart");
            new ApiCalls(api, report).run();
            var left = new TreeSet<String>();
            for (var operation : Operations.ALL) {
                if (isAsked(operation) && !api.called().contains(operation.id())) {
                    left.add(operation.id());
                }
            }
            report.text("not called here", left.isEmpty() ? "none" : String.join(", ", left));
            return report.missed();
        }
    }

    /** Operations on records are the same for each type; contacts stand for all. */
    private static boolean isAsked(Operation operation) {
        return operation.template().startsWith("/api/v4/")
                && !operation.template().matches("/api/v4/(leads|companies|tickets|activities|raw_events)(/.*)?")
                && !(operation.template().startsWith("/api/v4/deals")
                        && !operation.id().contains("Pipeline")
                        && !operation.id().contains("Stage"));
    }
}
