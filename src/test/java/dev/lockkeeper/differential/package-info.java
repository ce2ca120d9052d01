/** The same changelogs run by us and by plain Liquibase, step by step, on two databases that must stay alike. */
@NullMarked
package dev.lockkeeper.differential;

import org.jspecify.annotations.NullMarked;
