package dev.lockkeeper.postgres;

import dev.lockkeeper.sql.Identifier;

/** Names in SQL that we write, by the rules of {@link Identifier}. */
public final class Quoting {
    private Quoting() {}

    /** The name as a person would write it: quoted only if it must be. */
    public static String shown(String name) {
        return Identifier.quoteIfNeeded(name);
    }

    /** The name in double quotes, as it is. */
    public static String identifier(String name) {
        return Identifier.quote(name);
    }
}
