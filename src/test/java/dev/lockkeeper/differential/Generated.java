package dev.lockkeeper.differential;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random changelog: files in all formats, included by a root, each with random change sets. The same seed gives the same
 * changelog.
 */
final class Generated {
    private final Random random;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Object> anchor;
    private final RandomChangeSets changeSets;

    /** An included file. */
    private record Part(String name, Rendering format, Map<String, Object> include, List<Object> content) {}

    Generated(long seed) {
        random = new Random(seed);
        changeSets = new RandomChangeSets(random);
        for (int i = 0; i < 4; i++) {
            addPart();
        }
        anchor = changeSets.of(List.of(RandomChangeSets.sql("CREATE TABLE anchor (x int)")));
        parts.get(0).content().add(Map.of("changeSet", anchor));
    }

    /** What is chosen from all. */
    Pass pass(String name) {
        return Pass.of(name)
                .contexts(changeSets.oneOf(List.of("", "a", "b", "a, b", "c", "none")))
                .labels(changeSets.oneOf(List.of("", "", "x", "!y", "x or y")));
    }

    /** Edits what runs on change, and adds change sets to old files and a new file. */
    void grow() {
        for (Part part : parts) {
            part.content().forEach(item -> RandomChangeSets.edit(changeSetIn(item)));
            part.content().add(Map.of("changeSet", changeSets.next(part.format())));
        }
        addPart();
    }

    /** Edits a change set that every pass has run. */
    void spoil() {
        anchor.put("changes", List.of(RandomChangeSets.sql("CREATE TABLE anchor (x bigint)")));
    }

    /** Writes all files; the root is {@code root.yaml}. */
    void write(Path folder) throws IOException {
        List<Object> root = new ArrayList<>(List.of(property("p", "1")));
        for (Part part : parts) {
            root.add(Map.of("include", part.include()));
            Files.createDirectories(folder.resolve(part.name()).getParent());
            Files.writeString(folder.resolve(part.name()), part.format().of(json(part.content())));
        }
        Files.writeString(folder.resolve("root.yaml"), Rendering.JSON.of(json(root)));
    }

    private void addPart() {
        Rendering format = Rendering.values()[random.nextInt(Rendering.values().length)];
        String name = "part" + parts.size() % 2 + "/" + parts.size() + "." + format.extension();
        Map<String, Object> include = new LinkedHashMap<>(Map.of("file", name));
        if (!parts.isEmpty()) {
            changeSets.maybe(5, () -> include.put("context", changeSets.oneOf(RandomChangeSets.CONTEXTS)));
            changeSets.maybe(5, () -> include.put("labels", changeSets.oneOf(RandomChangeSets.LABELS)));
            changeSets.maybe(4, () -> include.put("relativeToChangelogFile", true));
        }
        Part part = new Part(name, format, include, new ArrayList<>());
        for (int i = 0; i < 5; i++) {
            part.content().add(Map.of("changeSet", changeSets.next(format)));
        }
        parts.add(part);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> changeSetIn(Object item) {
        return (Map<String, Object>) ((Map<?, ?>) item).get("changeSet");
    }

    private static Map<String, Object> property(String name, String value) {
        return Map.of("property", Map.of("name", name, "value", value));
    }

    private static String json(List<Object> content) {
        return new Gson().toJson(Map.of("databaseChangeLog", content));
    }
}
