/** Observes a session through a second connection while change sets run. */
@NullMarked
package dev.lockkeeper.run.watch;

import org.jspecify.annotations.NullMarked;
