/** The only package that knows Liquibase: parse, inspect, apply, baseline. */
@NullMarked
package dev.lockkeeper.changelog;

import org.jspecify.annotations.NullMarked;
