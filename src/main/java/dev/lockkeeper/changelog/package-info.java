/** Liquibase's parsed changelog in our own types; only this package and its sub-packages import Liquibase. */
@NullMarked
package dev.lockkeeper.changelog;

import org.jspecify.annotations.NullMarked;
