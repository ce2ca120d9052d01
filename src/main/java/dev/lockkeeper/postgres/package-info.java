/** Everything that talks to PostgreSQL itself: connecting, session settings, locks, notices. */
@NullMarked
package dev.lockkeeper.postgres;

import org.jspecify.annotations.NullMarked;
