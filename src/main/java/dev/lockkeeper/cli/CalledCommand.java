package dev.lockkeeper.cli;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command that a command line calls. Its name is the first word that is neither an option nor an option's value, so
 * common options may come before it. The command's own options come after its name, since only then is it known whether
 * a value follows an option.
 *
 * @param command the named command, else the default
 * @param word the word in its place; empty if the command line names none
 * @param others all other arguments, in their order
 */
record CalledCommand(Command command, Optional<String> word, List<String> others) {
    private static final List<String> HELP = List.of("-h", "--help", "-V", "--version");

    CalledCommand {
        others = List.copyOf(others);
    }

    /** Whether the word isn't a command's name. */
    boolean unknown() {
        return word.filter(text -> !text.equals(command.name())).isPresent();
    }

    /** Whether the help or the version of the program itself is asked for. */
    boolean aboutTheProgram() {
        return word.isEmpty()
                && others.stream().findFirst().filter(HELP::contains).isPresent();
    }

    /**
     * Finds the command.
     *
     * @param commands the first is the default
     */
    static CalledCommand in(List<String> arguments, List<Command> commands) {
        Command standard = commands.get(0);
        for (int i = 0; i < arguments.size(); i++) {
            String one = arguments.get(i);
            if (!one.startsWith("-")) {
                List<String> others = new ArrayList<>(arguments);
                others.remove(i);
                Command named = commands.stream()
                        .filter(command -> command.name().equals(one))
                        .findFirst()
                        .orElse(standard);
                return new CalledCommand(named, Optional.of(one), others);
            }
            Optional<Setting> option = option(one, standard);
            if (option.isPresent() && !option.get().flag() && !one.contains("=")) {
                i++;
            } else if (option.isEmpty() && !HELP.contains(one)) {
                break;
            }
        }
        return new CalledCommand(standard, Optional.empty(), arguments);
    }

    /** The option that an argument names: a common one, or one of the default command. */
    private static Optional<Setting> option(String argument, Command standard) {
        String name = argument.split("=", 2)[0];
        return standard.settings().stream()
                .filter(setting -> setting.option().filter(name::equals).isPresent())
                .findFirst();
    }
}
