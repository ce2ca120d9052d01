package dev.lockkeeper.cli;

import dev.lockkeeper.run.Task;
import dev.lockkeeper.run.Unlock;
import dev.lockkeeper.settings.Variable;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "unlock", description = "Shows who holds the migration lock or plain Liquibase's lock row.")
final class UnlockCommand extends SettingsCommand {
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
