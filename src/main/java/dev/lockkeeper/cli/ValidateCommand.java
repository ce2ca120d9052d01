package dev.lockkeeper.cli;

import dev.lockkeeper.command.Task;
import dev.lockkeeper.command.Validate;
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
