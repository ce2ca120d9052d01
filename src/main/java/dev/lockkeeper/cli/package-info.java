/** The command line: one small class per command, no logic. */
@NullMarked
package dev.lockkeeper.cli;

import org.jspecify.annotations.NullMarked;
