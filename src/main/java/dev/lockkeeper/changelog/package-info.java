/** Liquibase's parsed changelog in our own terms; with its sub-packages, the only room that imports liquibase. */
@NullMarked
package dev.lockkeeper.changelog;

import org.jspecify.annotations.NullMarked;
