package dev.lockkeeper.harness;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Values;
import java.util.List;
import java.util.Optional;

/** A command that must be confirmed on the command line, as no command of the program is yet. */
public final class Destroy implements Command {
    private static final CommandOption NAME = CommandOption.argument("NAME", "what to destroy");
    private static final CommandOption CONFIRM =
            CommandOption.value("--confirm", "TOKEN", "does what was shown under this token");

    @Override
    public String name() {
        return "destroy";
    }

    @Override
    public String description() {
        return "Destroys.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(NAME, CONFIRM);
    }

    @Override
    public Work prepare(Values values, Problems problems) {
        Optional<String> token = values.text(CONFIRM);
        return run -> new Outcome.Done(token.map(text -> "Destroyed.").orElse("Nothing was done."));
    }
}
