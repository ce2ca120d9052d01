/**
 * Watches a session through a second connection while change sets run. Names blockers, and ends idle ones if a setting asks
 * for that; reports progress; cancels the statement on a stop; closes a connection whose session is gone.
 */
@NullMarked
package dev.lockkeeper.run.watch;

import org.jspecify.annotations.NullMarked;
