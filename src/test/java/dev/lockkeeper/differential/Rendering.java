package dev.lockkeeper.differential;

import com.google.gson.GsonBuilder;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** A changelog that is written once, in YAML, in each of Liquibase's formats. */
enum Rendering {
    YAML("yaml") {
        @Override
        String of(String yaml) {
            return yaml;
        }
    },
    JSON("json") {
        @Override
        String of(String yaml) {
            return new GsonBuilder()
                    .disableHtmlEscaping()
                    .setPrettyPrinting()
                    .create()
                    .toJson(parsed(yaml));
        }
    },
    XML("xml") {
        @Override
        String of(String yaml) {
            return XmlChangelog.of(parsed(yaml));
        }
    },
    /** Only changelogs whose changes are all {@code sql}. */
    SQL("sql") {
        @Override
        String of(String yaml) {
            return SqlChangelog.of(parsed(yaml));
        }
    };

    private final String extension;

    Rendering(String extension) {
        this.extension = extension;
    }

    String extension() {
        return extension;
    }

    abstract String of(String yaml);

    static Map<String, Object> parsed(String yaml) {
        return new Yaml().load(yaml);
    }
}
