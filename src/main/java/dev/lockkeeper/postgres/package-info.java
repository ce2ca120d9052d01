/** Connecting, session settings, the migration lock, notices, and what the catalog says. */
@NullMarked
package dev.lockkeeper.postgres;

import org.jspecify.annotations.NullMarked;
