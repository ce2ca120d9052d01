/** What ends an update, and the facts of a change set that failed: why, at which statement, in which line of which file. */
@NullMarked
package dev.lockkeeper.changelog.failure;

import org.jspecify.annotations.NullMarked;
