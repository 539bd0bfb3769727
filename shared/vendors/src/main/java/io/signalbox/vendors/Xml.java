/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.vendors.Vendor.Unreadable;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML document as elements, read by the JDK's pull parser with everything off that reaches outside it or lets it grow:
 * a document type, and so every entity of its own, is refused; depth and number of elements are bounded.
 *
 * <p>A document is UTF-8, whatever it says: the parser is given text, for of bytes that are none it would tell the
 * standard error.
 */
public final class Xml {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_ELEMENTS = 50_000;

    private Xml() {}

    /**
     * An element.
     *
     * @param space its namespace; empty for none
     * @param attributes by local name
     * @param text what stands in it besides its children, joined
     */
    public record Element(
            String space, String name, Map<String, String> attributes, String text, List<Element> children) {

        /** The first child of that name. */
        public Optional<Element> child(String name) {
            return children.stream().filter(child -> child.name.equals(name)).findFirst();
        }

        /** The stripped text of the first child of that name; empty when there is none. */
        public String textOf(String name) {
            return child(name).map(child -> child.text.strip()).orElse("");
        }
    }

    /** An element whose end has not come yet. */
    private record Open(
            String space, String name, Map<String, String> attributes, StringBuilder text, List<Element> children) {

        Element closed() {
            return new Element(space, name, attributes, text.toString(), children);
        }
    }

    public static Element parse(byte[] document) throws Unreadable {
        try {
            var reader = factory().createXMLStreamReader(new StringReader(text(document)));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            var at = e.getLocation();
            throw new Unreadable("not well-formed XML"
                    + (at == null ? "" : " at line " + at.getLineNumber() + ", column " + at.getColumnNumber()));
        } catch (RuntimeException e) {
            // The JDK's parser answers some broken encodings with exceptions of its own making.
            throw new Unreadable("not well-formed XML");
        }
    }

    private static String text(byte[] document) throws Unreadable {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Unreadable("the XML is not UTF-8");
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }

    private static Element read(XMLStreamReader reader) throws XMLStreamException, Unreadable {
        var open = new ArrayList<Open>();
        Element root = null;
        var elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    elements++;
                    if (open.size() == MAX_DEPTH || elements > MAX_ELEMENTS) {
                        throw new Unreadable("XML deeper than " + MAX_DEPTH + " levels or of more than " + MAX_ELEMENTS
                                + " elements");
                    }
                    open.add(start(reader));
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    var closed = open.removeLast().closed();
                    if (open.isEmpty()) {
                        root = closed;
                    } else {
                        open.getLast().children().add(closed);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.getLast().text().append(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new Unreadable("the XML has a document type or an entity of its own");
                default -> {}
            }
        }
        if (root == null) {
            throw new Unreadable("the XML has no element");
        }
        return root;
    }

    private static Open start(XMLStreamReader reader) {
        var attributes = new HashMap<String, String>();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            attributes.putIfAbsent(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        var space = reader.getNamespaceURI();
        return new Open(
                space == null ? "" : space, reader.getLocalName(), attributes, new StringBuilder(), new ArrayList<>());
    }
}
