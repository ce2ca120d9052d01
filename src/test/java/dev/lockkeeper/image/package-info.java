/** Builds the slim image's runtime and its AOT cache, and checks that a cache belongs to what lies beside it. */
@NullMarked
package dev.lockkeeper.image;

import org.jspecify.annotations.NullMarked;
