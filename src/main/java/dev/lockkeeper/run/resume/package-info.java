/** Runs what can't be in a transaction so that it can be run again: finds what an earlier run left, and completes it. */
@NullMarked
package dev.lockkeeper.run.resume;

import org.jspecify.annotations.NullMarked;
