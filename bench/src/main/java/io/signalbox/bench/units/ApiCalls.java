/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

import static io.signalbox.bench.units.Api.json;
import static java.util.Objects.requireNonNull;

import io.signalbox.bench.measure.Report;
import io.signalbox.bench.units.Api.Answer;
import io.signalbox.runtime.Json;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One call of each operation, in an order in which each finds what it needs. */
final class ApiCalls {

    private static final String CONTACTS = "/api/v4/contacts";
    private static final String LINKS = "/api/v4/associations/contacts/companies";
    private static final String PIPELINES = "/api/v4/deals/pipelines";

    private final Api api;
    private final Report report;

    ApiCalls(Api api, Report report) {
        this.api = requireNonNull(api, "api is null");
        this.report = requireNonNull(report, "report is null");
    }

    private Answer ask(String title, String method, String path, String body) throws Exception {
        return ask(title, method, path, body, Map.of());
    }

    private Answer ask(String title, String method, String path, String body, Map<String, String> headers)
            throws Exception {
        var answer = api.call(method, path, json(body), headers);
        told(title, answer);
        return answer;
    }

    private void told(String title, Answer answer) {
        report.text(title, "%.1f w, %.1f r".formatted(answer.writes(), answer.reads()));
    }

    private void relayed(String title) throws Exception {
        var used = api.relay();
        report.text("&nbsp; the relay after " + title, "%.1f w, %.1f r".formatted(used.writeUnits(), used.readUnits()));
    }

    void run() throws Exception {
        // What is read once by each function is read here, and not with the first call.
        api.get(CONTACTS + "?limit=1");
        var ann = records();
        batches(ann);
        links(ann);
        catalog();
        settings();
        var job = ask("erase", "POST", CONTACTS + "/" + ann + "/erase", "{}");
        ask("get a job", "GET", "/api/v4/jobs/" + job.id(), "");
        relayed("an erasure");
    }

    private String records() throws Exception {
        var ann = ask(
                        "create, with an e-mail address",
                        "POST",
                        CONTACTS,
                        "{'email':'ann@example.com','country':'AT','city':'Graz'}")
                .id();
        relayed("a creation with two fields with an index");
        ask("create, without a unique key", "POST", CONTACTS, "{'city':'Linz'}");
        ask(
                "create, with an `Idempotency-Key`",
                "POST",
                CONTACTS,
                "{'city':'Wels'}",
                Map.of("idempotency-key", "a-key-of-16-chars"));
        ask("get by id", "GET", CONTACTS + "/" + ann, "");
        ask("get by e-mail address", "GET", CONTACTS + "/by/email/ann@example.com", "");
        ask("update", "PATCH", CONTACTS + "/" + ann, "{'city':'Wien'}");
        api.relay();
        ask("update of a field with an index", "PATCH", CONTACTS + "/" + ann, "{'country':'DE'}");
        relayed("a change of a field with an index");
        ask("update that changes nothing", "PATCH", CONTACTS + "/" + ann, "{}");
        ask("upsert that creates", "PUT", CONTACTS + "/by/external_id/erp:1", "{'city':'Graz'}");
        ask("upsert that changes", "PUT", CONTACTS + "/by/external_id/erp:1", "{'city':'Linz'}");
        ask("history", "GET", CONTACTS + "/" + ann + "/history", "");
        api.relay();
        ask("list", "GET", CONTACTS + "?limit=20", "");
        ask(
                "search by a field with an index",
                "POST",
                CONTACTS + "/search",
                "{'filter':{'field':'country','value':'DE'}}");
        ask(
                "search by e-mail address",
                "POST",
                CONTACTS + "/search",
                "{'filter':{'field':'email','value':'ann@example.com'}}");
        ask("duplicates", "POST", CONTACTS + "/duplicates/search", "{'id':'" + ann + "'}");
        var start = ask("changes, `sync=initial`", "GET", CONTACTS + "/changes?sync=initial", "");
        var since = start.body().at("next_sync_token").asText();
        ask("changes of a type", "GET", CONTACTS + "/changes?since=" + since, "");
        ask("changes of all types", "GET", "/api/v4/changes?sync=initial", "");
        var twin =
                api.call("POST", CONTACTS, json("{'email':'twin@example.com'}")).id();
        ask(
                "merge of two",
                "POST",
                CONTACTS + "/merge",
                "{'primary_id':'" + ann + "','duplicate_ids':['" + twin + "']}");
        var gone = api.call("POST", CONTACTS, json("{'city':'x'}")).id();
        ask("delete", "DELETE", CONTACTS + "/" + gone, "");
        ask("restore", "POST", CONTACTS + "/" + gone + "/restore", "{}");
        var joined = CONTACTS + "/by/external_id/";
        var whole = api.call("PUT", joined + "erp:2", json("{'city':'x'}")).id();
        var part = api.call("PUT", joined + "shop:2", json("{'city':'y'}")).id();
        api.call("POST", CONTACTS + "/merge", json("{'primary_id':'" + whole + "','duplicate_ids':['" + part + "']}"));
        ask("split", "POST", CONTACTS + "/" + whole + "/split", "{'external_ids':['shop:2']}");
        ask(
                "set consents",
                "PUT",
                CONTACTS + "/" + ann + "/consents",
                "{'consents':[{'purpose':'marketing_email','status':'granted'}]}");
        ask("get consents", "GET", CONTACTS + "/" + ann + "/consents", "");
        return ann;
    }

    private static String inputs(int count, String input) {
        return IntStream.range(0, count)
                .mapToObj(i -> input.replace("$", Integer.toString(i)))
                .collect(Collectors.joining(",", "{'inputs':[", "]}"));
    }

    private void batches(String ann) throws Exception {
        var batch = CONTACTS + "/batch/";
        var keyed = "'key':'external_id','value':'row:$'";
        ask("batch create of 100", "POST", batch + "create", inputs(100, "{'record':{'city':'c$'}}"));
        ask(
                "batch create of 25, `atomic=true`",
                "POST",
                batch + "create?atomic=true",
                inputs(25, "{'record':{'city':'c$'}}"));
        ask(
                "batch upsert of 100 that creates",
                "POST",
                batch + "upsert",
                inputs(100, "{" + keyed + ",'record':{'city':'a'}}"));
        ask(
                "batch upsert of 100 that changes",
                "POST",
                batch + "upsert",
                inputs(100, "{" + keyed + ",'record':{'city':'b'}}"));
        ask("batch read of 100 by key", "POST", batch + "read", inputs(100, "{" + keyed + "}"));
        ask("batch update of 1", "POST", batch + "update", "{'inputs':[{'id':'" + ann + "','record':{'city':'z'}}]}");
        var gone = api.call("POST", CONTACTS, json("{'city':'x'}")).id();
        ask("batch archive of 1", "POST", batch + "archive", "{'inputs':[{'id':'" + gone + "'}]}");
        relayed("225 creations and 100 changes without an index, in one batch");
    }

    private void links(String ann) throws Exception {
        var acme =
                api.call("POST", "/api/v4/companies", json("{'name':'Acme'}")).id();
        var own = CONTACTS + "/" + ann + "/associations/companies";
        ask("link", "PUT", own + "/" + acme, "");
        ask("links of a record", "GET", own, "");
        ask("get with `expand=companies`", "GET", CONTACTS + "/" + ann + "?expand=companies", "");
        ask("unlink", "DELETE", own + "/" + acme, "");
        var pair = "{'inputs':[{'from_id':'" + ann + "','to_id':'" + acme + "','label':'employer'}]}";
        ask("batch link of 1", "POST", LINKS + "/batch/create", pair);
        ask("batch read of the links of 1", "POST", LINKS + "/batch/read", "{'inputs':[{'id':'" + ann + "'}]}");
        ask("batch unlink of 1", "POST", LINKS + "/batch/archive", pair);
        ask("create a label", "POST", LINKS + "/labels", "{'name':'employer','label':'Employer'}");
        ask("list labels", "GET", LINKS + "/labels", "");
        ask("update a label", "PATCH", LINKS + "/labels/employer", "{'label':'Company'}");
        ask("delete a label", "DELETE", LINKS + "/labels/employer", "");
    }

    private void catalog() throws Exception {
        ask("list pipelines", "GET", PIPELINES, "");
        ask("create a pipeline", "POST", PIPELINES, "{'id':'p','label':'P','stages':[{'id':'a','label':'A'}]}");
        ask("get a pipeline", "GET", PIPELINES + "/p", "");
        ask("update a pipeline", "PATCH", PIPELINES + "/p", "{'label':'Q'}");
        ask("create a stage", "POST", PIPELINES + "/p/stages", "{'id':'b','label':'B'}");
        ask("update a stage", "PATCH", PIPELINES + "/p/stages/b", "{'label':'C'}");
        ask("create a deal in a stage", "POST", "/api/v4/deals", "{'pipeline':'p','stage':'a'}");
        ask("delete a stage", "DELETE", PIPELINES + "/p/stages/b", "");
        api.call("POST", PIPELINES, json("{'id':'q','label':'Q','stages':[{'id':'a','label':'A'}]}"));
        ask("delete a pipeline", "DELETE", PIPELINES + "/q", "");
        ask("create an owner", "POST", "/api/v4/owners", "{'id':'7','name':'Ada','email':'ada@example.com'}");
        ask("list owners", "GET", "/api/v4/owners", "");
        ask("get an owner", "GET", "/api/v4/owners/7", "");
        ask("update an owner", "PATCH", "/api/v4/owners/7", "{'active':false}");
        ask("delete an owner", "DELETE", "/api/v4/owners/7", "");
    }

    private void settings() throws Exception {
        var shop = "/api/v4/connections/shop";
        ask("create a connection", "POST", "/api/v4/connections", "{'id':'shop','vendor':'standard'}");
        ask("get a connection", "GET", shop, "");
        ask("list connections", "GET", "/api/v4/connections", "");
        ask("list a connection's rejections", "GET", shop + "/rejections", "");
        ask("list vendors", "GET", "/api/v4/vendors", "");
        ask("get a vendor", "GET", "/api/v4/vendors/standard", "");
        ask("update a connection", "PATCH", shop, "{'default_country':'DE'}");
        ask("delete a connection", "DELETE", shop, "");
        var rules = ask("read the rules", "GET", "/api/v4/rules", "");
        // As it is: the texts of rules have apostrophes of their own.
        var replaced = api.call("PUT", "/api/v4/rules", Json.text(rules.body()), Map.of("if-match", "*"));
        told("replace the rules", replaced);
    }
}
