/** Applies what is pending over as many attempts and connections as it takes. */
@NullMarked
package dev.lockkeeper.run.migration;

import org.jspecify.annotations.NullMarked;
