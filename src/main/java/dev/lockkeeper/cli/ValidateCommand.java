package dev.lockkeeper.cli;

import dev.lockkeeper.run.Task;
import dev.lockkeeper.run.Validate;
import dev.lockkeeper.settings.Variable;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "validate", description = "Checks the changelog, and against the history where a database is named.")
final class ValidateCommand extends SettingsCommand {
    @Override
    List<Variable> own() {
        return List.of(Variable.LOCKKEEPER_STRICT);
    }

    @Override
    Task task() {
        return new Validate();
    }
}
