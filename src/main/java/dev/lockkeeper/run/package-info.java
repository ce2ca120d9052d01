/** What every command is built on: what it is given, what it counts, how it is stopped. */
@NullMarked
package dev.lockkeeper.run;

import org.jspecify.annotations.NullMarked;
