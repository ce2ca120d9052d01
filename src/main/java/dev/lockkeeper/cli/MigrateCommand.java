package dev.lockkeeper.cli;

import dev.lockkeeper.run.Migrate;
import dev.lockkeeper.run.Task;
import dev.lockkeeper.settings.Variable;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "migrate", description = "Applies what is pending (the default).")
final class MigrateCommand extends SettingsCommand {
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
