package dev.lockkeeper.cli;

import dev.lockkeeper.command.Migrate;
import dev.lockkeeper.command.Task;
import dev.lockkeeper.settings.Variable;
import java.util.List;

final class MigrateCommand extends SettingsCommand {
    @Override
    String description() {
        return "Applies what is pending (the default).";
    }

    @Override
    List<Variable> own() {
        return List.of(
                Variable.LOCKKEEPER_TO_TAG,
                Variable.LOCKKEEPER_COUNT,
                Variable.LOCKKEEPER_TAG,
                Variable.LOCKKEEPER_FAIL_ON_SKIP);
    }

    @Override
    Task task() {
        return new Migrate();
    }
}
