/** Builds the slim image's runtime and its AOT cache, and checks that a cache belongs to what is next to it. */
@NullMarked
package dev.lockkeeper.image;

import org.jspecify.annotations.NullMarked;
