/** Parses the command line, collects all problems with it and with the settings, and runs the called command. */
@NullMarked
package dev.lockkeeper.cli;

import org.jspecify.annotations.NullMarked;
