/** What each command does, one class each. */
@NullMarked
package dev.lockkeeper.command;

import org.jspecify.annotations.NullMarked;
