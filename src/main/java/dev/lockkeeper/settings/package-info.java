/** The settings of a run: the environment and the arguments, parsed into values. */
@NullMarked
package dev.lockkeeper.settings;

import org.jspecify.annotations.NullMarked;
