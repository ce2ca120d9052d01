package dev.lockkeeper.model;

import dev.lockkeeper.text.Counted;
import dev.lockkeeper.text.Lines;
import java.util.List;
import java.util.Optional;

/** The work was refused: by our own checks, by the database, or because of another runner. */
public sealed interface Refused extends Outcome {

    /** What corrects it, whichever command was run: one or more whole sentences. */
    String fix();

    @Override
    default <R> R accept(Visitor<R> visitor) {
        return visitor.refused(this);
    }

    /** Bad usage, settings or changelog; nothing was touched. */
    record BadInput(List<String> problems, String fix) implements Refused {
        public BadInput {
            problems = List.copyOf(problems);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.BAD_INPUT;
        }

        @Override
        public String happened() {
            return problems.size() == 1
                    ? problems.get(0)
                    : Counted.of(problems.size(), "problem") + ":" + Lines.indented(problems);
        }
    }

    /** The database can't be used: network, TLS, login, secret, read-only, privilege, pooler. */
    record DatabaseUnusable(String happened, String fix, Optional<String> sqlState) implements Refused {
        public DatabaseUnusable(String happened, String fix) {
            this(happened, fix, Optional.empty());
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.DATABASE_UNUSABLE;
        }
    }

    /** Another runner, or a lock row of plain Liquibase, for longer than we wait. */
    record AnotherRunner(String happened, String fix) implements Refused {
        @Override
        public ExitCode exitCode() {
            return ExitCode.ANOTHER_RUNNER;
        }
    }

    /** The schema's state forbids the command. */
    record StateRefused(String happened, String fix) implements Refused {
        @Override
        public ExitCode exitCode() {
            return ExitCode.STATE_REFUSED;
        }
    }
}
