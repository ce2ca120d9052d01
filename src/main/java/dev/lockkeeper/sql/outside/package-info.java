/** What statements outside a transaction leave behind, read from their text, so that a run can take them up again. */
@NullMarked
package dev.lockkeeper.sql.outside;

import org.jspecify.annotations.NullMarked;
