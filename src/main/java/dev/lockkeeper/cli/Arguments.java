package dev.lockkeeper.cli;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.settings.Setting;
import java.util.Map;

/** What a command line asks for. */
sealed interface Arguments {

    /** A command, with the settings that the command line gives. */
    record Call(Command command, Map<Setting, String> given) implements Arguments {
        public Call {
            given = Map.copyOf(given);
        }
    }

    /** A text to show, and nothing else: the help or the version. */
    record Help(String text) implements Arguments {}

    /**
     * Bad usage.
     *
     * @param command the command that was probably meant
     * @param problem what is wrong, a sentence without a full stop
     */
    record Wrong(Command command, String problem) implements Arguments {}
}
