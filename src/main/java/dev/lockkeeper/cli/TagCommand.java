package dev.lockkeeper.cli;

import dev.lockkeeper.command.Tag;
import dev.lockkeeper.command.Task;
import dev.lockkeeper.settings.Variable;
import java.util.List;

final class TagCommand extends SettingsCommand {
    @Override
    String description() {
        return "Marks the present level with a name.";
    }

    @Override
    List<Variable> own() {
        return List.of();
    }

    @Override
    List<Variable> positional() {
        return List.of(Variable.LOCKKEEPER_TAG);
    }

    @Override
    Task task() {
        return new Tag();
    }
}
