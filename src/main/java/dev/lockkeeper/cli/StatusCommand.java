package dev.lockkeeper.cli;

import dev.lockkeeper.command.Status;
import dev.lockkeeper.command.Task;
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
