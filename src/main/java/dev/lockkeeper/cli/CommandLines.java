package dev.lockkeeper.cli;

import dev.lockkeeper.settings.Variable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    static CommandLine build(String version) {
        CommandLine root = new CommandLine(new RootCommand());
        root.getCommandSpec().version("lockkeeper " + version).mixinStandardHelpOptions(true);
        for (SettingsCommand command : COMMANDS) {
            CommandSpec spec = CommandSpec.forAnnotatedObject(command).mixinStandardHelpOptions(true);
            Stream.concat(command.own().stream(), Variable.common().stream())
                    .filter(variable -> variable.option().isPresent())
                    .forEach(variable -> spec.addOption(option(variable)));
            command.positional().forEach(variable -> spec.addPositional(positional(variable)));
            spec.usageMessage().sortOptions(false);
            spec.usageMessage().width(WIDTH);
            root.addSubcommand(new CommandLine(spec));
        }
        return root;
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
