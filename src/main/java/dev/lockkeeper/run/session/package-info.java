/** A connection opened for a run: credentials, settings, migration lock, monitor connection, what was found. */
@NullMarked
package dev.lockkeeper.run.session;

import org.jspecify.annotations.NullMarked;
