/**
 * SQL text understood just enough: where a statement ends, what it does to the transaction, which tables and indexes it
 * names. Follows the lexical rules of PostgreSQL and knows the heads of a few statements; it is no parser, accepts text
 * that the server would refuse, and never throws because of what a text holds.
 */
@NullMarked
package dev.lockkeeper.sql;

import org.jspecify.annotations.NullMarked;
