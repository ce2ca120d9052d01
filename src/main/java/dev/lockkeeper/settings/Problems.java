package dev.lockkeeper.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the settings, so that all of it is told at once; warnings don't stop a run. */
public final class Problems {
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** A problem with a setting; {@code sentence} must not quote a secret. */
    public void error(Variable variable, String sentence) {
        String option = variable.option().map(name -> " (" + name + ")").orElse("");
        errors.add(variable.variable() + option + ": " + sentence);
    }

    public void error(String sentence) {
        errors.add(sentence);
    }

    public void warn(String sentence) {
        warnings.add(sentence);
    }

    public List<String> errors() {
        return List.copyOf(errors);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
