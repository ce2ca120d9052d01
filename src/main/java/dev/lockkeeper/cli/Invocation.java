package dev.lockkeeper.cli;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.command.Commands;
import dev.lockkeeper.command.Execution;
import dev.lockkeeper.command.UnknownVariables;
import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.model.event.RunResult;
import dev.lockkeeper.report.LogbackSetup;
import dev.lockkeeper.report.Redactor;
import dev.lockkeeper.report.Reporter;
import dev.lockkeeper.report.ResultFile;
import dev.lockkeeper.run.Stop;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.ReportSettings;
import dev.lockkeeper.settings.Setting;
import dev.lockkeeper.settings.Settings;
import dev.lockkeeper.settings.Values;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Runs the program once: from arguments and environment to a report and an exit code. */
public final class Invocation {
    private final String version;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final boolean terminal;
    private final Stop stop;

    /**
     * Reads nothing of the process but what it is given.
     *
     * @param environment the variables, by name
     * @param terminal whether a person watches the output
     * @param stop ends the run early if it is requested
     */
    public Invocation(String version, Map<String, String> environment, PrintStream out, boolean terminal, Stop stop) {
        this.version = version;
        this.environment = environment;
        this.out = out;
        this.terminal = terminal;
        this.stop = stop;
    }

    /** Does what the arguments say, and returns the exit code. */
    public int run(String... arguments) {
        int code = ExitCode.DEFECT.number();
        try {
            code = perform(new CommandLines(Commands.ALL, version, terminal).parse(arguments));
            return code;
        } catch (NoClassDefFoundError e) {
            // A library is missing that the report may need too.
            throw e;
        } catch (RuntimeException | Error e) {
            failed(e);
            return code;
        } finally {
            // Also after an error: what waits for the end of this run must not wait for ever.
            stop.ending().ended(code);
        }
    }

    private int perform(Arguments arguments) {
        if (arguments instanceof Arguments.Call call) {
            return perform(call.command(), call.given());
        }
        if (arguments instanceof Arguments.Wrong wrong) {
            Problems problems = new Problems();
            ReportSettings report = ReportSettings.from(environment, Map.of(), terminal, problems);
            problems.error(wrong.problem());
            return badInput(report, wrong.command().name(), problems.errors(), "See lockkeeper --help.");
        }
        out.print(((Arguments.Help) arguments).text());
        out.flush();
        return ExitCode.DONE.number();
    }

    private int perform(Command command, Map<Setting, String> given) {
        Problems problems = new Problems();
        ReportSettings report = ReportSettings.from(environment, given, terminal, problems);
        Settings settings = Settings.from(
                environment,
                given,
                report,
                command.readsChangelog(),
                UnknownVariables.in(environment.keySet()),
                problems);
        Command.Work work = command.prepare(new Values(environment, given, problems), problems);
        if (!problems.none()) {
            return badInput(report, command.name(), problems.errors(), "Correct the settings; see --help.");
        }
        Redactor redactor = new Redactor();
        Reporter reporter = Reporter.of(report, out, redactor);
        LogbackSetup.send(report.level(), reporter);
        RunResult result = new Execution(settings, version, reporter, stop)
                .perform(command.name(), work, environment, redactor::hide);
        return end(reporter, redactor, report, result);
    }

    /** Before the work began, or after it: the report itself may be what failed. */
    private void failed(Throwable thrown) {
        try {
            Redactor redactor = new Redactor();
            ReportSettings report = ReportSettings.from(environment, Map.of(), terminal, new Problems());
            RunResult result = Execution.failed(thrown);
            end(Reporter.of(report, out, redactor), redactor, report, result);
        } catch (RuntimeException | Error e) {
            out.println("Lockkeeper itself failed: " + thrown.getClass().getName());
            out.flush();
        }
    }

    private int badInput(ReportSettings report, String command, List<String> problems, String whatNow) {
        Redactor redactor = new Redactor();
        RunResult result = Execution.rejected(command, new Refused.BadInput(problems, whatNow));
        return end(Reporter.of(report, out, redactor), redactor, report, result);
    }

    private static int end(Reporter reporter, Redactor redactor, ReportSettings report, RunResult result) {
        report.output().ifPresent(file -> {
            try {
                ResultFile.write(file, result, redactor);
            } catch (IOException e) {
                // The work is done and its outcome stays the same; it is reported below as well.
                reporter.accept(new Event.Message(
                        Event.Level.ERROR, "The result file couldn't be written (LOCKKEEPER_OUTPUT): " + e));
            }
        });
        reporter.accept(new Event.RunFinished(result));
        return result.outcome().exitCode().number();
    }
}
