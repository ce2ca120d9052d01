/** What a run is told to do: the environment and the arguments, parsed into values. */
@NullMarked
package dev.lockkeeper.settings;

import org.jspecify.annotations.NullMarked;
