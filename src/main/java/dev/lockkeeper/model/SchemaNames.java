package dev.lockkeeper.model;

/**
 * The schemas that a session works in, read once at its start: a change set may set another search path, and our own
 * statements must not follow it.
 *
 * @param defaultSchema where unqualified names are created, and whose state is read
 * @param historySchema where the history table is, or will be
 */
public record SchemaNames(String defaultSchema, String historySchema) {}
