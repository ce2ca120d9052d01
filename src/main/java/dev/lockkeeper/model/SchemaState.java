package dev.lockkeeper.model;

import dev.lockkeeper.text.Counted;
import dev.lockkeeper.text.Lines;
import java.util.List;

/** How a database compares with the changelog. */
public sealed interface SchemaState {

    /** The word that reports use. */
    String word();

    /** One sentence for a person. */
    String sentence();

    /** No history, and no tables. */
    record Empty() implements SchemaState {
        @Override
        public String word() {
            return "empty";
        }

        @Override
        public String sentence() {
            return "The schema is empty: no history, no tables.";
        }
    }

    /** Tables, but no history: something else created them. */
    record Untracked(int tables, String schema) implements SchemaState {
        @Override
        public String word() {
            return "untracked";
        }

        @Override
        public String sentence() {
            return "Schema " + schema + " has " + Counted.of(tables, "table")
                    + " but no history, so what already ran is unknown.";
        }
    }

    /** Change sets are still to be applied. */
    record Pending(int changeSets) implements SchemaState {
        @Override
        public String word() {
            return "pending";
        }

        @Override
        public String sentence() {
            return Counted.of(changeSets, "change set") + " pending.";
        }
    }

    /** Every change set of the changelog is recorded, and nothing else. */
    record UpToDate() implements SchemaState {
        @Override
        public String word() {
            return "up-to-date";
        }

        @Override
        public String sentence() {
            return "The schema is up to date.";
        }
    }

    /** Every change set of the changelog is recorded, and the history has more: a newer image ran here. */
    record Ahead(List<ChangeSetId> unknown) implements SchemaState {
        public Ahead {
            unknown = List.copyOf(unknown);
        }

        @Override
        public String word() {
            return "ahead";
        }

        @Override
        public String sentence() {
            return "The history is ahead of this changelog by " + Counted.of(unknown.size(), "row") + ".";
        }
    }

    /** Changelog and database contradict each other. */
    record Inconsistent(List<Contradiction> contradictions) implements SchemaState {
        public Inconsistent {
            contradictions = List.copyOf(contradictions);
        }

        /** The sentence, and each contradiction with its fix. */
        public String details() {
            return sentence() + Lines.indented(contradictions);
        }

        @Override
        public String word() {
            return "inconsistent";
        }

        @Override
        public String sentence() {
            return "Changelog and database contradict each other in " + Counted.of(contradictions.size(), "place")
                    + ".";
        }
    }

    /** One contradiction, and what fixes it. */
    record Contradiction(String what, String fix) {
        /** Both, on two lines, for a list. */
        @Override
        public String toString() {
            return what + "\n      fix: " + fix;
        }
    }
}
