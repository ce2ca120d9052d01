package dev.lockkeeper.cli;

import dev.lockkeeper.command.Execution;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.RunResult;
import dev.lockkeeper.model.Touched;
import dev.lockkeeper.report.LogbackSetup;
import dev.lockkeeper.report.Redactor;
import dev.lockkeeper.report.Reporter;
import dev.lockkeeper.report.ResultFile;
import dev.lockkeeper.run.Stop;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.ReportSettings;
import dev.lockkeeper.settings.Settings;
import dev.lockkeeper.settings.Variable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * One call of the program.
 *
 * @param terminal true where a person watches the output
 */
public record Invocation(
        String version, Map<String, String> environment, PrintStream out, boolean terminal, Stop stop) {
    private static final String DEFAULT_COMMAND = "migrate";

    /** Does what the arguments say, and answers with the exit code. */
    public int run(String... arguments) {
        String[] complete = withCommand(arguments);
        CommandLine commandLine = CommandLines.build(version, List.of(complete))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
        ParseResult parsed;
        try {
            parsed = commandLine.parseArgs(complete);
        } catch (ParameterException e) {
            Problems problems = new Problems();
            ReportSettings report = ReportSettings.from(environment, Map.of(), terminal, problems);
            problems.error(sentence(e));
            return badInput(report, CommandLines.nameIn(complete), problems.errors(), "See lockkeeper --help.");
        }
        if (CommandLine.printHelpIfRequested(parsed)) {
            return 0;
        }
        ParseResult command = parsed.subcommand();
        return run((SettingsCommand) command.commandSpec().userObject(), CommandLines.arguments(command));
    }

    private static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            // Only the name: what stands behind it may be a password.
            String first = unmatched.getUnmatched().get(0).split("=", 2)[0];
            if (!first.matches("[A-Za-z0-9_-]{1,60}")) {
                return "There is an argument that is neither an option nor a command";
            }
            List<String> near = unmatched.getSuggestions();
            return (first.startsWith("-") ? "There is no option " : "There is no command ")
                    + first
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
        }
        return String.valueOf(e.getMessage());
    }

    /** Options alone mean the default command. */
    private static String[] withCommand(String... arguments) {
        boolean bare = arguments.length == 0
                || (arguments[0].startsWith("-")
                        && !List.of("-h", "--help", "-V", "--version").contains(arguments[0]));
        if (!bare) {
            return arguments;
        }
        String[] all = new String[arguments.length + 1];
        all[0] = DEFAULT_COMMAND;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    private int run(SettingsCommand command, Map<Variable, String> arguments) {
        Problems problems = new Problems();
        ReportSettings report = ReportSettings.from(environment, arguments, terminal, problems);
        Settings settings = Settings.from(environment, arguments, report, command.readsChangelog(), problems);
        if (!problems.none()) {
            return badInput(report, command.task().name(), problems.errors(), "Correct the settings; see --help.");
        }
        Redactor redactor = new Redactor();
        Reporter reporter = Reporter.of(report, out, redactor);
        LogbackSetup.send(report.level(), reporter);
        RunResult result =
                new Execution(settings, version, reporter, stop).perform(command.task(), environment, redactor::hide);
        return end(reporter, redactor, report, result);
    }

    private int badInput(ReportSettings report, String command, List<String> problems, String whatNow) {
        Redactor redactor = new Redactor();
        RunResult result = new RunResult(
                command,
                new Outcome.BadInput(problems, whatNow),
                whatNow,
                Touched.NO,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                0);
        return end(Reporter.of(report, out, redactor), redactor, report, result);
    }

    private static int end(Reporter reporter, Redactor redactor, ReportSettings report, RunResult result) {
        report.output().ifPresent(file -> {
            try {
                ResultFile.write(file, result, redactor);
            } catch (IOException e) {
                // The work is done and its outcome stands; the report below says it too.
                reporter.accept(new Event.Message(
                        Event.Level.ERROR, "The result file couldn't be written (LOCKKEEPER_OUTPUT): " + e));
            }
        });
        reporter.accept(new Event.RunFinished(result));
        return result.outcome().exitCode().number();
    }
}
