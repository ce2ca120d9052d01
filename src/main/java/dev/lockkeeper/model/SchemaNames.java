package dev.lockkeeper.model;

/**
 * The schemas that a session works in, read once at its start: a change set may set another search path, and nothing of ours
 * may follow it there.
 *
 * @param defaultSchema where names without a schema land, and where state is looked for
 * @param historySchema where the history table is, or will be
 */
public record SchemaNames(String defaultSchema, String historySchema) {}
