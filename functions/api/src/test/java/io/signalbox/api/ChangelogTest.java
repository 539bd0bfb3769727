/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.versions.Changelog;
import io.signalbox.api.versions.Deprecations;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ChangelogTest {

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @Test
    void what_changed_is_told_newest_first_with_a_page_for_each() throws Exception {
        var entries = api.bare("GET", "/changelog").go().is(200).json().path("results");
        assertThat(entries).isNotEmpty();
        var times = new ArrayList<Instant>();
        for (var entry : entries) {
            times.add(Instant.parse(entry.path("published_at").asText()));
            var link = entry.path("link").asText();
            api.bare("GET", link.substring(TestApi.BASE.length())).go().is(200);
        }
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void every_deprecation_stands_in_it() {
        var paths = Changelog.read().entries().stream()
                .filter(entry -> entry.kind() == Changelog.Kind.DEPRECATED)
                .map(Changelog.Entry::path)
                .toList();
        assertThat(Deprecations.read().all())
                .allSatisfy(item -> assertThat(paths).contains("/docs/deprecations/" + item.name()));
    }

    /** What RFC 4287 section 4.1.1 and 4.1.2 ask of a feed and its entries. */
    @Test
    void the_feed_is_atom() throws Exception {
        var answer = api.bare("GET", "/changelog.atom").go().is(200);
        assertThat(answer.header("content-type")).isEqualTo("application/atom+xml; charset=UTF-8");
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var feed = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.text().getBytes(UTF_8)))
                .getDocumentElement();
        assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
        assertThat(feed.getLocalName()).isEqualTo("feed");
        assertThat(children(feed, "author")).hasSize(1);
        assertThat(children(feed, "link").stream()
                        .filter(link -> link.getAttribute("rel").equals("self")))
                .hasSize(1);
        var ids = new HashSet<String>();
        var newest = Instant.parse(required(feed, "updated"));
        assertThat(URI.create(required(feed, "id")).isAbsolute()).isTrue();
        required(feed, "title");
        var entries = children(feed, "entry");
        assertThat(entries).hasSameSizeAs(Changelog.read().entries());
        for (var entry : entries) {
            assertThat(ids.add(required(entry, "id"))).isTrue();
            required(entry, "title");
            assertThat(Instant.parse(required(entry, "updated"))).isBeforeOrEqualTo(newest);
            assertThat(children(entry, "content").size()
                            + children(entry, "link").stream()
                                    .filter(link -> link.getAttribute("rel").equals("alternate"))
                                    .count())
                    .isPositive();
        }
        api.bare("GET", "/changelog.atom").header("accept", "text/html").go().isProblem(406, "NOT_ACCEPTABLE");
    }

    private static String required(Element parent, String name) {
        var found = children(parent, name);
        assertThat(found).as(name).hasSize(1);
        assertThat(found.getFirst().getTextContent()).as(name).isNotBlank();
        return found.getFirst().getTextContent();
    }

    private static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }
}
