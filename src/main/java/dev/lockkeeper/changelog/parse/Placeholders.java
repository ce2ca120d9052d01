package dev.lockkeeper.changelog.parse;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.serializer.core.string.StringChangeLogSerializer;

/** Changelog parameters that parsing left unreplaced; Liquibase treats them as text. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][\\w.-]*)}");

    private Placeholders() {}

    /**
     * Those of a change set, as written.
     *
     * @param offline true if it was parsed without a connection, which alone could fill the {@code database.} ones
     */
    static Optional<String> unfilled(ChangeSet changeSet, boolean offline) {
        Set<String> names = new TreeSet<>();
        StringChangeLogSerializer serializer = new StringChangeLogSerializer();
        for (Change change : changeSet.getChanges()) {
            Matcher placeholder = PLACEHOLDER.matcher(serializer.serialize(change, false));
            while (placeholder.find()) {
                if (!offline || !placeholder.group(1).startsWith("database.")) {
                    names.add(placeholder.group());
                }
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }
}
