/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Changelog;
import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What has changed in the API, for programs: as JSON, and as a feed (Atom, RFC 4287) that a reader can subscribe to. */
final class ChangelogOperations implements Family {

    private static final String ATOM = "application/atom+xml";

    private final Changelog changelog;

    ChangelogOperations(Changelog changelog) {
        this.changelog = requireNonNull(changelog, "changelog is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("getChangelog", this::json, "getChangelogFeed", new Atom());
    }

    private Response json(Call call) {
        call.query();
        var entries =
                changelog.entries().stream().map(entry -> json(call, entry)).toList();
        var links = Value.of(Map.of("atom", RecordJson.link(call.link("/changelog.atom"))));
        var body = new LinkedHashMap<String, Value>();
        body.put("results", Value.of(entries));
        body.put("_links", links);
        return Response.json(200, Value.of(body)).with("Cache-Control", "public, max-age=300");
    }

    private static Value json(Call call, Changelog.Entry entry) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(entry.id()));
        json.put("published_at", Value.of(entry.publishedAt().toString()));
        json.put("kind", Value.of(entry.kind().name().toLowerCase(Locale.ROOT)));
        json.put("title", Value.of(entry.title()));
        json.put("text", Value.of(entry.text()));
        json.put("link", Value.of(call.link(entry.path())));
        return Value.of(json);
    }

    /** An entry's id is the address of it in the changelog, which stays. */
    private final class Atom implements Endpoint {

        @Override
        public String mediaType() {
            return ATOM;
        }

        @Override
        public Response answer(Call call) {
            call.query();
            var xml = new StringBuilder("""
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom">
                <title>Signalbox API changelog</title>
                """);
            element(xml, "id", call.link("/changelog"));
            element(xml, "updated", changelog.updatedAt().toString());
            xml.append("<author><name>Signalbox</name></author>\n");
            link(xml, "self", ATOM, call.link("/changelog.atom"));
            link(xml, "alternate", MediaTypes.JSON, call.link("/changelog"));
            for (var entry : changelog.entries()) {
                xml.append("<entry>\n");
                element(xml, "id", call.link("/changelog#" + entry.id()));
                element(xml, "title", entry.title());
                element(xml, "published", entry.publishedAt().toString());
                element(xml, "updated", entry.publishedAt().toString());
                xml.append("<category term=\"")
                        .append(entry.kind().name().toLowerCase(Locale.ROOT))
                        .append("\"/>\n");
                link(xml, "alternate", MediaTypes.HTML, call.link(entry.path()));
                xml.append("<content type=\"text\">")
                        .append(HtmlPages.text(entry.text()))
                        .append("</content>\n</entry>\n");
            }
            xml.append("</feed>\n");
            return new Response(
                    200,
                    Map.of("Content-Type", ATOM + "; charset=UTF-8", "Cache-Control", "public, max-age=300"),
                    xml.toString().getBytes(UTF_8));
        }

        private static void element(StringBuilder xml, String name, String text) {
            xml.append('<').append(name).append('>').append(HtmlPages.text(text));
            xml.append("</").append(name).append(">\n");
        }

        private static void link(StringBuilder xml, String rel, String type, String href) {
            xml.append("<link rel=\"").append(rel).append("\" type=\"").append(type);
            xml.append("\" href=\"").append(HtmlPages.text(href)).append("\"/>\n");
        }
    }
}
