/** What a run is told, from the environment and the arguments. */
@NullMarked
package dev.lockkeeper.settings;

import org.jspecify.annotations.NullMarked;
