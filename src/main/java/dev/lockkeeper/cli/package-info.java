/** The way in: parses the command line, collects all problems with it and the settings, and runs the command called. */
@NullMarked
package dev.lockkeeper.cli;

import org.jspecify.annotations.NullMarked;
