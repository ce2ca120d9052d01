package dev.lockkeeper.cli;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.settings.Setting;
import dev.lockkeeper.settings.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Says what is wrong with an argument that nothing accepts. */
final class BadUsage {
    private static final String NEITHER = "There is an argument that is neither an option nor a command";

    private static final String PASSWORD_OPTION = "--database-password";

    private BadUsage() {}

    /** The word in a command's place isn't the name of a command. */
    static String noCommand(String word, List<Command> commands) {
        return quotable(word)
                ? "There is no command " + word
                        + suggestion(word, commands.stream().map(Command::name).toList())
                : NEITHER;
    }

    /** The called command doesn't accept the argument. */
    static String unmatched(String argument, CalledCommand called, List<Command> commands) {
        Command command = called.command();
        String name = argument.split("=", 2)[0];
        if (!quotable(name)) {
            return NEITHER;
        }
        if (!name.startsWith("-")) {
            return command.name() + " takes no argument " + name;
        }
        if (name.equals(PASSWORD_OPTION)) {
            return "There is no option " + name
                    + ", which others could read in the process list: set DATABASE_PASSWORD";
        }
        List<String> takers = commands.stream()
                .filter(one -> options(one).contains(name))
                .map(Command::name)
                .toList();
        if (takers.isEmpty()) {
            return "There is no option " + name + suggestion(name, options(command));
        }
        return name + " is an option of " + String.join(" and ", takers) + ", not of " + command.name()
                + (called.word().isEmpty() ? "; name the command first: " + takers.get(0) + " " + name : "");
    }

    private static List<String> options(Command command) {
        return command.settings().stream()
                .map(Setting::option)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Only what looks like a name is repeated in a message: the rest of a command line may be a password. */
    private static boolean quotable(String name) {
        return name.matches("[A-Za-z0-9_-]{1,60}");
    }

    private static String suggestion(String name, Collection<String> known) {
        return Spelling.nearest(name, known, "--")
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("");
    }
}
