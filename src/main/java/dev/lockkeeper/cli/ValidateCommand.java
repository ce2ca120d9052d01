package dev.lockkeeper.cli;

import dev.lockkeeper.run.Task;
import dev.lockkeeper.run.Validate;
import dev.lockkeeper.settings.Variable;
import java.util.List;

final class ValidateCommand extends SettingsCommand {
    @Override
    String description() {
        return "Checks the changelog, and against the history where a database is named.";
    }

    @Override
    List<Variable> own() {
        return List.of(Variable.LOCKKEEPER_STRICT);
    }

    @Override
    Task task() {
        return new Validate();
    }
}
