package dev.lockkeeper.command;

import java.util.List;

/** The program's commands. The command line, the known variables and the README's tables are made from this list. */
public final class Commands {
    /** In the order of the help; the first is performed if the arguments name none. */
    public static final List<Command> ALL =
            List.of(new Migrate(), new Status(), new Validate(), new Tag(), new Baseline(), new Unlock());

    private Commands() {}
}
