/** Where a database is and how to work in it, read from a URL or a secret's JSON: values without a connection. */
@NullMarked
package dev.lockkeeper.settings.connection;

import org.jspecify.annotations.NullMarked;
