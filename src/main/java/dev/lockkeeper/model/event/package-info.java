/** What a run reports: events as they happen, and its result with the command's answer. */
@NullMarked
package dev.lockkeeper.model.event;

import org.jspecify.annotations.NullMarked;
