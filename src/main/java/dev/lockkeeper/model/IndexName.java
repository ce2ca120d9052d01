package dev.lockkeeper.model;

import java.util.Optional;

/** An index as a change set names it, folded as PostgreSQL folds names; no schema means the target schema. */
public record IndexName(Optional<String> schema, String name) {}
