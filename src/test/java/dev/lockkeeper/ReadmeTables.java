package dev.lockkeeper;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Setting;
import dev.lockkeeper.settings.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows that the README's tables of commands and settings must have. */
final class ReadmeTables {
    private ReadmeTables() {}

    /** A command a row; the first is the default. */
    static List<String> commands(List<Command> commands) {
        return commands.stream()
                .map(command -> row(
                        "`" + command.name() + arguments(command) + "`"
                                + (command.equals(commands.get(0)) ? " (default)" : ""),
                        command.description(),
                        command.options().stream()
                                .filter(option -> option.option().isPresent())
                                .map(option -> "`" + (option.option().get() + " " + option.valueName()).strip() + "`")
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    /** The common settings, then those of single commands; one that several commands take is one row. */
    static List<String> settings(List<Command> commands) {
        List<String> rows = new ArrayList<>(Arrays.stream(Variable.values())
                .map(variable -> row(variable, variable.option(), variable.meaning()))
                .toList());
        Map<String, List<Taken>> taken = new LinkedHashMap<>();
        for (Command command : commands) {
            for (CommandOption option : command.options()) {
                String key = option.variable().orElse(command.name() + option.label());
                taken.computeIfAbsent(key, none -> new ArrayList<>()).add(new Taken(command, option));
            }
        }
        taken.values().forEach(one -> rows.add(row(one)));
        return rows;
    }

    private record Taken(Command command, CommandOption option) {}

    private static String row(List<Taken> takers) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        takers.forEach(one -> names.computeIfAbsent(one.option().meaning(), none -> new ArrayList<>())
                .add(one.command().name()));
        return row(
                takers.get(0).option(),
                takers.stream()
                        .flatMap(one -> one.option().option().stream())
                        .distinct()
                        .reduce((a, b) -> a + ", " + b)
                        .or(() -> Optional.of(takers.get(0).option())
                                .filter(option -> option.variable().isEmpty())
                                .map(CommandOption::valueName)),
                names.entrySet().stream()
                        .map(one -> String.join(", ", one.getValue()) + ": " + one.getKey())
                        .collect(Collectors.joining("; ")));
    }

    private static String row(Setting setting, Optional<String> option, String meaning) {
        return row(
                setting.variable().map(ReadmeTables::code).orElse("no variable"),
                option.map(ReadmeTables::code).orElse(""),
                setting.defaultText(),
                meaning);
    }

    private static String arguments(Command command) {
        return command.options().stream()
                .filter(option -> option.option().isEmpty())
                .map(option -> " " + option.valueName())
                .collect(Collectors.joining());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
