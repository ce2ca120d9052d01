package dev.lockkeeper.cli;

import dev.lockkeeper.command.Baseline;
import dev.lockkeeper.command.Task;
import dev.lockkeeper.settings.Variable;
import java.util.List;

final class BaselineCommand extends SettingsCommand {
    @Override
    String description() {
        return "Adopts an existing schema: records what already ran, runs nothing.";
    }

    @Override
    List<Variable> own() {
        return List.of(Variable.LOCKKEEPER_ALL, Variable.LOCKKEEPER_TO_TAG, Variable.LOCKKEEPER_NONE);
    }

    @Override
    Task task() {
        return new Baseline();
    }
}
