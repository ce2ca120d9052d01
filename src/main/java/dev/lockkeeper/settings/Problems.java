package dev.lockkeeper.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with the settings, so that all of it is reported at once. */
public final class Problems {
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** A problem with a setting; {@code sentence} must not quote a secret. */
    public void error(Setting setting, String sentence) {
        errors.add(setting.label() + ": " + sentence);
    }

    /** A problem that doesn't belong to one setting; {@code sentence} must not quote a secret. */
    public void error(String sentence) {
        errors.add(sentence);
    }

    /** Something that doesn't stop a run. */
    public void warn(String sentence) {
        warnings.add(sentence);
    }

    /** Adds another part's problems to these. */
    public void addAll(Problems others) {
        errors.addAll(others.errors);
        warnings.addAll(others.warnings);
    }

    /** True if there is no error; warnings don't count. */
    public boolean none() {
        return errors.isEmpty();
    }

    /** The errors so far, in the order in which they were found. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** The warnings so far, in the order in which they were found. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
