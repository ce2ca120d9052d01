/**
 * Parses a changelog, with a connection only if it uses values that the database has; checks it, and names what is allowed but
 * voids a guarantee.
 */
@NullMarked
package dev.lockkeeper.changelog.parse;

import org.jspecify.annotations.NullMarked;
