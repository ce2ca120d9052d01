/**
 * Runs change sets and writes the history: in one commit with the change set's row, or, outside a transaction, the row when its
 * SQL is done.
 */
@NullMarked
package dev.lockkeeper.changelog.apply;

import org.jspecify.annotations.NullMarked;
