package dev.lockkeeper.cli;

import dev.lockkeeper.settings.Variable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Builds the command line: every command's options come from the table of settings. */
final class CommandLines {
    private static final List<SettingsCommand> COMMANDS = List.of(
            new MigrateCommand(),
            new StatusCommand(),
            new ValidateCommand(),
            new TagCommand(),
            new BaselineCommand(),
            new UnlockCommand());

    private CommandLines() {}

    /**
     * The program's commands, without annotations: reading those costs more than all else here. Options only for the
     * command that the arguments name, since no other is parsed or explained.
     */
    static CommandLine build(String version, List<String> arguments) {
        CommandSpec root = spec("lockkeeper", null, version);
        root.usageMessage()
                .description("Carries a PostgreSQL database from where it is to the changelog's level.")
                .footer(
                        "",
                        "Without a command, migrate. Every option can be set by the variable that stands beside it;"
                                + " an option wins.");
        CommandLine line = new CommandLine(root);
        for (SettingsCommand command : COMMANDS) {
            line.addSubcommand(new CommandLine(spec(command, version, arguments.contains(command.name()))));
        }
        return line;
    }

    private static CommandSpec spec(SettingsCommand command, String version, boolean named) {
        CommandSpec spec = spec(command.name(), command, version);
        spec.usageMessage()
                .description(command.description())
                .sortOptions(false)
                .width(WIDTH);
        if (named) {
            Stream.concat(command.own().stream(), Variable.common().stream())
                    .filter(variable -> variable.option().isPresent())
                    .forEach(variable -> spec.addOption(option(variable)));
            command.positional().forEach(variable -> spec.addPositional(positional(variable)));
        }
        return spec;
    }

    private static CommandSpec spec(String name, @Nullable Object command, String version) {
        return CommandSpec.wrapWithoutInspection(command)
                .name(name)
                .version("lockkeeper " + version)
                .addOption(flag("-h", "--help", "Show this help message and exit.")
                        .usageHelp(true)
                        .build())
                .addOption(flag("-V", "--version", "Print version information and exit.")
                        .versionHelp(true)
                        .build());
    }

    private static OptionSpec.Builder flag(String shortName, String name, String description) {
        return OptionSpec.builder(shortName, name)
                .type(boolean.class)
                .arity("0")
                .description(description);
    }

    private static final int WIDTH = 110;

    private static OptionSpec option(Variable variable) {
        String standard = variable.defaultText().isEmpty() ? "" : " Default: " + variable.defaultText() + ".";
        OptionSpec.Builder option = OptionSpec.builder(variable.option().orElseThrow())
                .description(variable.meaning() + "." + standard + " (" + variable.variable() + ")");
        return variable.flag()
                ? option.type(boolean.class).arity("0").build()
                : option.type(String.class).paramLabel("VALUE").arity("1").build();
    }

    private static PositionalParamSpec positional(Variable variable) {
        return PositionalParamSpec.builder()
                .type(String.class)
                .paramLabel("NAME")
                .arity("0..1")
                .index("0")
                .description(variable.meaning() + ". (" + variable.variable() + ")")
                .build();
    }

    /** The command that the arguments name first; the default one where they name none. */
    static String nameIn(String... arguments) {
        return COMMANDS.stream()
                .map(SettingsCommand::name)
                .filter(name -> arguments[0].equals(name))
                .findFirst()
                .orElse(COMMANDS.get(0).name());
    }

    /** The settings that stood on the command line. */
    static Map<Variable, String> arguments(ParseResult parsed) {
        Map<Variable, String> arguments = new EnumMap<>(Variable.class);
        for (Variable variable : Variable.values()) {
            String option = variable.option().orElse("");
            if (!option.isEmpty() && parsed.hasMatchedOption(option)) {
                arguments.put(
                        variable, String.valueOf(parsed.matchedOption(option).<Object>getValue()));
            }
        }
        SettingsCommand command = (SettingsCommand) parsed.commandSpec().userObject();
        if (parsed.hasMatchedPositional(0)) {
            arguments.put(
                    command.positional().get(0),
                    String.valueOf(parsed.matchedPositional(0).<Object>getValue()));
        }
        return arguments;
    }
}
