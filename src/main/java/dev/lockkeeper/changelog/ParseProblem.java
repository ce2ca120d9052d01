package dev.lockkeeper.changelog;

import dev.lockkeeper.settings.Access;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns what a parser threw into one sentence: the messages from the outermost to the innermost, without repetition.
 */
public final class ParseProblem {
    private static final Pattern CLASS_NAME =
            Pattern.compile("(?:[a-z][a-z0-9]*\\.)+[A-Z][A-Za-z]*(?:Exception|Error): ");
    private static final int LONGEST = 1_000;

    private ParseProblem() {}

    public static String sentence(Throwable thrown) {
        Optional<IncludeCycleException> cycle = Causes.first(IncludeCycleException.class, thrown);
        if (cycle.isPresent()) {
            // Every level of the cycle has wrapped this message in one of its own.
            return String.valueOf(cycle.get().getMessage());
        }
        Optional<String> unreadable = Causes.first(AccessDeniedException.class, thrown)
                .map(AccessDeniedException::getFile)
                .map(file -> Access.refused(Path.of(file)));
        if (unreadable.isPresent()) {
            return unreadable.get();
        }
        List<String> parts = new ArrayList<>();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            add(parts, cause);
        }
        String text = parts.isEmpty() ? thrown.toString() : String.join(": ", parts);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }

    private static void add(List<String> parts, Throwable cause) {
        if (cause.getMessage() == null) {
            return;
        }
        String message = CLASS_NAME
                .matcher(cause.getMessage())
                .replaceAll("")
                .replaceFirst(
                        "The file (\\S+) was not found in the configured search path:\\s*- (\\S+)",
                        "there is no file $1 under $2")
                .replaceFirst("\\s*More locations can be added with the 'searchPath' parameter\\.?", "")
                .replaceFirst(
                        "Cannot find parser that supports (\\S+)",
                        "$1 isn't a changelog: that is a file ending in .xml, .yaml, .yml, .json or .sql")
                .strip();
        // An outer message usually quotes the inner one; keep the inner's words only if they are new.
        if (!message.isEmpty() && parts.stream().noneMatch(part -> part.contains(message))) {
            parts.add(message);
        }
    }
}
