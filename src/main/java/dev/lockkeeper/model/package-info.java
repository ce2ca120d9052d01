/** Pure values that every other package may use: change sets, states, events, outcomes. */
@NullMarked
package dev.lockkeeper.model;

import org.jspecify.annotations.NullMarked;
