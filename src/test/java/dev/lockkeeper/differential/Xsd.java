package dev.lockkeeper.differential;

import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Liquibase's own XML schema, asked for names. */
record Xsd(Document document) {
    private static final String FILE = "www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd";

    /** That of the release that we are built with. */
    static Xsd latest() throws Exception {
        try (InputStream file = Xsd.class.getClassLoader().getResourceAsStream(FILE)) {
            return new Xsd(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file));
        }
    }

    /** The attributes in a named group. */
    Set<String> attributes(String group) {
        return names(named("xsd:attributeGroup", group), "xsd:attribute");
    }

    /** The attributes of the first element of that name. */
    Set<String> attributesOf(String element) {
        return names(named("xsd:element", element), "xsd:attribute");
    }

    /** The elements in a named group. */
    Set<String> elements(String group) {
        return names(named("xsd:group", group), "xsd:element");
    }

    private Element named(String kind, String name) {
        NodeList all = document.getElementsByTagName(kind);
        for (int i = 0; i < all.getLength(); i++) {
            Element one = (Element) all.item(i);
            if (one.getAttribute("name").equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("no " + kind + " " + name);
    }

    private static Set<String> names(Element parent, String kind) {
        Set<String> names = new TreeSet<>();
        NodeList all = parent.getElementsByTagName(kind);
        for (int i = 0; i < all.getLength(); i++) {
            names.add(((Element) all.item(i)).getAttribute("name"));
        }
        names.remove("");
        return names;
    }
}
