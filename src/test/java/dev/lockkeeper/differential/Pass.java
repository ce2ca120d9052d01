package dev.lockkeeper.differential;

import java.util.Map;

/**
 * One run of a changelog, by us and by plain Liquibase.
 *
 * @param name what it is, for a failing assertion
 * @param ending how both must end
 */
record Pass(String name, String contexts, String labels, Map<String, String> parameters, Ending ending) {
    /** How a run ends. */
    enum Ending {
        /** Everything chosen was applied. */
        DONE,
        /** A change set failed; those before it stay. */
        FAILED,
        /** Nothing was done, because a recorded change set was edited. */
        REFUSED
    }

    /** A run without contexts and labels that must succeed. */
    static Pass of(String name) {
        return new Pass(name, "", "", Map.of(), Ending.DONE);
    }

    Pass contexts(String some) {
        return new Pass(name, some, labels, parameters, ending);
    }

    Pass labels(String some) {
        return new Pass(name, contexts, some, parameters, ending);
    }

    Pass parameters(Map<String, String> some) {
        return new Pass(name, contexts, labels, some, ending);
    }

    Pass ending(Ending other) {
        return new Pass(name, contexts, labels, parameters, other);
    }
}
