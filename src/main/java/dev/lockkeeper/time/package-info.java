/** Time that has passed and time that is left, by a clock that nobody sets. */
@NullMarked
package dev.lockkeeper.time;

import org.jspecify.annotations.NullMarked;
