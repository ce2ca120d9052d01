package dev.lockkeeper.cli;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Parses command lines with picocli, which no other class uses. It does so without annotations, since reading those
 * takes longer than everything else here, and defines options only for the called command, since no other command is
 * parsed or explained.
 */
final class CommandLines {
    private static final int WIDTH = 110;

    private final List<Command> commands;
    private final String version;
    private final Ansi ansi;

    /**
     * Parses for these commands.
     *
     * @param commands the first is the default
     * @param terminal whether a person reads the help, so that it may have colours
     */
    CommandLines(List<Command> commands, String version, boolean terminal) {
        this.commands = List.copyOf(commands);
        this.version = version;
        this.ansi = terminal ? Ansi.AUTO : Ansi.OFF;
    }

    /** What the arguments ask for. */
    Arguments parse(String... arguments) {
        CalledCommand called = CalledCommand.in(withHelp(List.of(arguments)), commands);
        Command command = called.command();
        if (called.unknown()) {
            return new Arguments.Wrong(command, BadUsage.noCommand(called.word().orElseThrow(), commands));
        }
        CommandLine line = new CommandLine(called.aboutTheProgram() ? program() : complete(command));
        try {
            ParseResult parsed = line.parseArgs(called.others().toArray(new String[0]));
            if (parsed.isVersionHelpRequested()) {
                return new Arguments.Help("lockkeeper " + version + System.lineSeparator());
            }
            if (parsed.isUsageHelpRequested()) {
                return new Arguments.Help(line.getUsageMessage(ansi));
            }
            return new Arguments.Call(command, given(command, parsed));
        } catch (UnmatchedArgumentException e) {
            return new Arguments.Wrong(
                    command, BadUsage.unmatched(e.getUnmatched().get(0), called, commands));
        } catch (ParameterException e) {
            return new Arguments.Wrong(command, String.valueOf(e.getMessage()));
        }
    }

    /** {@code help} as the first word is {@code --help}. */
    private static List<String> withHelp(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.get(0).equals("help")) {
            return arguments;
        }
        List<String> others = new ArrayList<>(arguments);
        others.set(0, "--help");
        return others;
    }

    private CommandSpec program() {
        CommandSpec program = spec("lockkeeper");
        program.usageMessage()
                .description("Applies database migrations to PostgreSQL before a new version of an app is deployed.")
                .footer(
                        "",
                        "Without a command, " + commands.get(0).name() + ". Common options may come before the command."
                                + " An option can also be given by the variable that its help names; the option wins.");
        commands.forEach(command -> program.addSubcommand(command.name(), described(command, command.name())));
        return program;
    }

    private static CommandSpec complete(Command command) {
        CommandSpec spec = described(command, "lockkeeper " + command.name());
        command.settings().stream()
                .filter(setting -> setting.option().isPresent())
                .forEach(setting -> spec.addOption(option(setting)));
        arguments(command).forEach(argument -> spec.addPositional(positional(argument)));
        return spec;
    }

    private static List<CommandOption> arguments(Command command) {
        return command.options().stream()
                .filter(option -> option.option().isEmpty())
                .toList();
    }

    private static CommandSpec described(Command command, String name) {
        CommandSpec spec = spec(name);
        spec.usageMessage()
                .description(command.description())
                .sortOptions(false)
                .width(WIDTH);
        return spec;
    }

    private static CommandSpec spec(String name) {
        return CommandSpec.create()
                .name(name)
                .addOption(flag("-h", "--help")
                        .description("Show this help message and exit.")
                        .usageHelp(true)
                        .build())
                .addOption(flag("-V", "--version")
                        .description("Print version information and exit.")
                        .versionHelp(true)
                        .build());
    }

    private static OptionSpec.Builder flag(String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0");
    }

    private static OptionSpec option(Setting setting) {
        String name = setting.option().orElseThrow();
        OptionSpec.Builder option = setting.flag()
                ? flag(name)
                : OptionSpec.builder(name)
                        .type(String.class)
                        .paramLabel(setting.valueName())
                        .arity("1");
        return option.description(description(setting)).build();
    }

    private static PositionalParamSpec positional(Setting setting) {
        return PositionalParamSpec.builder()
                .type(String.class)
                .paramLabel(setting.valueName())
                .arity("0..1")
                .description(description(setting))
                .build();
    }

    private static String description(Setting setting) {
        boolean shown = !setting.flag() && !setting.defaultText().isEmpty();
        return setting.meaning() + "." + (shown ? " Default: " + setting.defaultText() + "." : "") + " ("
                + setting.variable().orElse("no variable") + ")";
    }

    private static Map<Setting, String> given(Command command, ParseResult parsed) {
        Map<Setting, String> given = new HashMap<>();
        for (Setting setting : command.settings()) {
            setting.option()
                    .filter(parsed::hasMatchedOption)
                    .ifPresent(name -> given.put(
                            setting, String.valueOf(parsed.matchedOption(name).<Object>getValue())));
        }
        List<CommandOption> arguments = arguments(command);
        for (int i = 0; i < arguments.size() && parsed.hasMatchedPositional(i); i++) {
            given.put(
                    arguments.get(i), String.valueOf(parsed.matchedPositional(i).<Object>getValue()));
        }
        return given;
    }
}
