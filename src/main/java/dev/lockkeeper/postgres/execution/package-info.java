/** Observes a change set's statements while they run: their notices, their results, what they write. */
@NullMarked
package dev.lockkeeper.postgres.execution;

import org.jspecify.annotations.NullMarked;
