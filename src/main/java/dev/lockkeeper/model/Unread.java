package dev.lockkeeper.model;

import java.util.Optional;

/**
 * Something in a changelog's own text that Liquibase drops without a word, or takes for something else.
 *
 * @param line counted from 1
 * @param changeSet which change set it belongs to; empty for the whole file
 * @param weight whether a change set with it may run
 * @param chooses whether it belongs to what decides if the change set runs: contexts, labels, dbms or ignore
 * @param what what is there and what becomes of it, without a full stop
 * @param meant what was probably meant
 */
public record Unread(
        String file,
        int line,
        Optional<ChangeSetId> changeSet,
        Weight weight,
        boolean chooses,
        String what,
        Optional<String> meant) {

    /** How bad it is. */
    public enum Weight {
        /** Something that was written to have an effect has none: a change set with it isn't run. */
        LOST,
        /** SQL or a change set that no change set of the file contains, so it can't have run: nothing is run before it can. */
        NEVER_RUN,
        /** It may well be meant as it is: a warning. */
        DOUBTFUL
    }

    /** The same for the change set that follows it in the file, or for a file that has none. */
    public Unread of(Optional<ChangeSetId> next) {
        Weight heavier = next.isEmpty() && weight == Weight.LOST ? Weight.NEVER_RUN : weight;
        return new Unread(file, line, next, heavier, chooses, what, meant);
    }

    /** File and line, as editors take them. */
    public String where() {
        return file + ":" + line;
    }

    /** What is there, whose it is, and what was meant; without file and line. */
    public String sentence() {
        return what
                + changeSet
                        .map(id -> " (change set " + id.id() + " of " + id.author() + ")")
                        .orElse("")
                + meant.map(text -> ". Did you mean " + text + "?").orElse("");
    }

    @Override
    public String toString() {
        return where() + ": " + sentence();
    }
}
