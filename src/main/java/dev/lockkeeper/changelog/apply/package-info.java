/** Runs change sets and writes the history, each change set and its row in one commit. */
@NullMarked
package dev.lockkeeper.changelog.apply;

import org.jspecify.annotations.NullMarked;
