/** Finds what a changelog's own text says that Liquibase doesn't read. */
@NullMarked
package dev.lockkeeper.changelog.source;

import org.jspecify.annotations.NullMarked;
