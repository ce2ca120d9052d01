package dev.lockkeeper.settings;

import java.util.Optional;

/** What single commands are told. */
public record CommandSettings(
        Optional<String> toTag,
        Optional<Integer> count,
        Optional<String> tag,
        boolean failOnSkip,
        boolean check,
        boolean strict,
        boolean confirm,
        boolean all,
        boolean none) {
    private static final int LONGEST_TAG = 255;

    static CommandSettings from(Values values, Problems problems) {
        CommandSettings settings = new CommandSettings(
                values.text(Variable.LOCKKEEPER_TO_TAG),
                values.number(Variable.LOCKKEEPER_COUNT, 1),
                values.parsed(Variable.LOCKKEEPER_TAG, CommandSettings::tagName),
                values.flag(Variable.LOCKKEEPER_FAIL_ON_SKIP),
                values.flag(Variable.LOCKKEEPER_CHECK),
                values.flag(Variable.LOCKKEEPER_STRICT),
                values.flag(Variable.LOCKKEEPER_CONFIRM),
                values.flag(Variable.LOCKKEEPER_ALL),
                values.flag(Variable.LOCKKEEPER_NONE));
        if (settings.toTag.isPresent() && settings.count.isPresent()) {
            problems.error("--to-tag and --count can't be combined: name the one that ends the range");
        }
        return settings;
    }

    private static String tagName(String text) {
        if (text.length() > LONGEST_TAG) {
            throw new IllegalArgumentException("a tag has at most 255 characters");
        }
        return text.strip();
    }
}
