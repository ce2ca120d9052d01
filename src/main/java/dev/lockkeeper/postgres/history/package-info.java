/** The history table, and the locks that guard it. */
@NullMarked
package dev.lockkeeper.postgres.history;

import org.jspecify.annotations.NullMarked;
