/** Numbers, durations and lists as they are written in a sentence. */
@NullMarked
package dev.lockkeeper.text;

import org.jspecify.annotations.NullMarked;
