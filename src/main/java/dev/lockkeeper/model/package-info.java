/** Pure values that every other package may speak of: change sets, states, events, outcomes. */
@NullMarked
package dev.lockkeeper.model;

import org.jspecify.annotations.NullMarked;
