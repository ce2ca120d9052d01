/** Parses a changelog without a database, checks it, and names what is allowed but voids a guarantee. */
@NullMarked
package dev.lockkeeper.changelog.parse;

import org.jspecify.annotations.NullMarked;
