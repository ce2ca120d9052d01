package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;

/**
 * A schema that was named but doesn't exist; it is never created silently, since that would create misspelt ones too.
 */
public final class MissingSchema {
    private MissingSchema() {}

    /** The failure; {@code setting} is the one that named the schema. */
    public static Failure failure(String schema, String setting) {
        return new Failure(new Refused.DatabaseUnusable(
                "There is no schema \"" + schema + "\" (" + setting + ").",
                "Create it with CREATE SCHEMA, or correct the name."));
    }
}
