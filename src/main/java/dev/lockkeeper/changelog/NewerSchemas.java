package dev.lockkeeper.changelog;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.regex.Pattern;
import liquibase.parser.core.xml.XMLChangeLogSAXParser;
import liquibase.resource.Resource;
import liquibase.resource.URIResource;

/** XML schemas of Liquibase releases newer than ours. What our release doesn't know is then named with its line. */
final class NewerSchemas {
    private static final String FOLDER = "www.liquibase.org/xml/ns/dbchangelog/";
    private static final Pattern OF_A_RELEASE =
            Pattern.compile(Pattern.quote(FOLDER) + "(dbchangelog|dbchangelog-ext)-\\d+\\.\\d+\\.xsd");
    private static final String NEWEST = FOLDER + "dbchangelog-latest.xsd";

    private NewerSchemas() {}

    /** The newest schema that we have, if the path names one that we don't have; nothing for every other path. */
    static List<Resource> instead(String path) {
        if (!OF_A_RELEASE.matcher(path).matches()) {
            return List.of();
        }
        String newest = path.contains("dbchangelog-ext") ? FOLDER + "dbchangelog-ext.xsd" : NEWEST;
        URL shipped = XMLChangeLogSAXParser.class.getClassLoader().getResource(newest);
        if (shipped == null) {
            return List.of();
        }
        try {
            URI uri = shipped.toURI();
            return List.of(new URIResource(path, uri));
        } catch (URISyntaxException e) {
            return List.of();
        }
    }
}
