/** The entry point: arguments and environment to an exit code. */
@NullMarked
package dev.lockkeeper;

import org.jspecify.annotations.NullMarked;
