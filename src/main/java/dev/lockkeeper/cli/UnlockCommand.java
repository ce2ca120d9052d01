package dev.lockkeeper.cli;

import dev.lockkeeper.command.Task;
import dev.lockkeeper.command.Unlock;
import dev.lockkeeper.settings.Variable;
import java.util.List;

final class UnlockCommand extends SettingsCommand {
    @Override
    String description() {
        return "Shows who holds the migration lock or plain Liquibase's lock row.";
    }

    @Override
    List<Variable> own() {
        return List.of(Variable.LOCKKEEPER_CONFIRM);
    }

    @Override
    boolean readsChangelog() {
        return false;
    }

    @Override
    Task task() {
        return new Unlock();
    }
}
