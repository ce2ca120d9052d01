package dev.lockkeeper.cli;

import dev.lockkeeper.run.Status;
import dev.lockkeeper.run.Task;
import dev.lockkeeper.settings.Variable;
import java.util.List;

final class StatusCommand extends SettingsCommand {
    @Override
    String description() {
        return "Shows the schema's state and what is pending; touches nothing.";
    }

    @Override
    List<Variable> own() {
        return List.of(Variable.LOCKKEEPER_CHECK);
    }

    @Override
    Task task() {
        return new Status();
    }
}
