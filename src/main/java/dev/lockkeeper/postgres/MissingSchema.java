package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;

/** A schema that was named but doesn't exist; it is never created silently, since a typing error would be. */
public final class MissingSchema {
    private MissingSchema() {}

    public static Failure failure(String schema, String variable) {
        return new Failure(new Outcome.DatabaseUnusable(
                "There is no schema \"" + schema + "\" (" + variable + ").",
                "Create it with CREATE SCHEMA, or correct the name."));
    }
}
