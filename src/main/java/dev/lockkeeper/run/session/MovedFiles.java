package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Comparison.Moved;
import dev.lockkeeper.model.SchemaState.Contradiction;
import dev.lockkeeper.settings.ChangelogLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Change sets that are recorded under another path than they have now: running them would run them a second time. */
final class MovedFiles {
    private MovedFiles() {}

    /** One contradiction for all change sets that the same fix helps. */
    static List<Contradiction> contradictions(List<Moved> moved, ChangelogLocation location) {
        Map<Optional<String>, List<Moved>> byRoot = new LinkedHashMap<>();
        moved.forEach(one -> byRoot.computeIfAbsent(recordedRoot(one, location), root -> new ArrayList<>())
                .add(one));
        return byRoot.entrySet().stream()
                .map(group -> contradiction(group.getKey(), group.getValue()))
                .toList();
    }

    private static Contradiction contradiction(Optional<String> root, List<Moved> moved) {
        Moved first = moved.get(0);
        String recorded = first.recorded().file();
        String present = first.present().file();
        String what = first.recorded() + " is recorded with the same text, and its path is now " + present
                + (moved.size() == 1 ? "" : " (and " + (moved.size() - 1) + " more in the same way)");
        return new Contradiction(
                what,
                root.map(settings -> "set " + settings).orElse("check LOCKKEEPER_CHANGELOG_ROOT")
                        + "; or, if the file was moved, give it the recorded path by logicalFilePath (in SQL:"
                        + " --liquibase formatted sql logicalFilePath:" + recorded
                        + "); or, if it is to run a second time, give it its present path in the same way");
    }

    /** The settings under which the present path would be the recorded one; empty if no root that contains both can do that. */
    private static Optional<String> recordedRoot(Moved moved, ChangelogLocation location) {
        String recorded = moved.recorded().file();
        String present = moved.present().file();
        if (present.endsWith("/" + recorded)) {
            String folder = present.substring(0, present.length() - recorded.length() - 1);
            return location.file().startsWith(folder + "/")
                    ? Optional.of(settings(
                            location.root().resolve(folder), location.file().substring(folder.length() + 1)))
                    : Optional.empty();
        }
        if (recorded.endsWith("/" + present)) {
            Path folder = Path.of(recorded.substring(0, recorded.length() - present.length() - 1));
            Path root = location.root();
            if (root.endsWith(folder)) {
                Path above = root.resolve("../".repeat(folder.getNameCount())).normalize();
                return Optional.of(settings(above, folder + "/" + location.file()));
            }
        }
        return Optional.empty();
    }

    private static String settings(Path root, String file) {
        return "LOCKKEEPER_CHANGELOG_ROOT=" + root + " and LOCKKEEPER_CHANGELOG=" + file;
    }
}
