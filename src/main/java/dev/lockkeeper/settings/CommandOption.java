package dev.lockkeeper.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting that one command takes. It has a variable only if it asks for one: a task definition sets its variables for
 * every command, so an option that destroys something or confirms that is given on the command line only.
 */
public final class CommandOption implements Setting {
    private final @Nullable String option;
    private final @Nullable String variable;
    private final boolean flag;
    private final String valueName;
    private final String meaning;

    private CommandOption(
            @Nullable String option, @Nullable String variable, boolean flag, String valueName, String meaning) {
        this.option = option;
        this.variable = variable;
        this.flag = flag;
        this.valueName = valueName;
        this.meaning = meaning;
    }

    /** An option without a value, off by default; {@code name} with its dashes. */
    public static CommandOption flag(String name, String meaning) {
        return new CommandOption(name, null, true, "", meaning);
    }

    /** An option with a value, which the help calls {@code valueName}; {@code name} with its dashes. */
    public static CommandOption value(String name, String valueName, String meaning) {
        return new CommandOption(name, null, false, valueName, meaning);
    }

    /** A value given without an option's name, as in {@code tag NAME}. */
    public static CommandOption argument(String valueName, String meaning) {
        return new CommandOption(null, null, false, valueName, meaning);
    }

    /** The same, which this environment variable can give as well. */
    public CommandOption orVariable(String name) {
        return new CommandOption(option, name, flag, valueName, meaning);
    }

    @Override
    public Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    @Override
    public Optional<String> option() {
        return Optional.ofNullable(option);
    }

    @Override
    public boolean flag() {
        return flag;
    }

    @Override
    public String valueName() {
        return valueName;
    }

    @Override
    public String defaultText() {
        return flag ? "false" : "";
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
