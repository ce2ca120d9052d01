package dev.lockkeeper.cli;

import dev.lockkeeper.command.Task;
import dev.lockkeeper.settings.Variable;
import java.util.List;

/** One command: the settings it takes beside the common ones, and the task it starts. */
abstract class SettingsCommand {
    final String name() {
        return task().name();
    }

    /** One sentence for the help. */
    abstract String description();

    /** The settings that only this command, or few, take. */
    List<Variable> own() {
        return List.of();
    }

    /** A setting that may stand bare on the command line, as a tag's name does. */
    List<Variable> positional() {
        return List.of();
    }

    /** Whether it reads the changelog, so that there must be one. */
    boolean readsChangelog() {
        return true;
    }

    abstract Task task();
}
