package dev.lockkeeper.changelog.apply;

import java.time.Duration;
import java.util.Optional;

/** How a change set ended. */
public sealed interface End {

    /**
     * Its history row is committed.
     *
     * @param execType EXECUTED, RERAN or MARK_RAN
     * @param rows rows that its statements changed, as the driver counted them
     * @param remark what its precondition has to do with that, if it wasn't met
     */
    record Recorded(String execType, Duration duration, long rows, Optional<String> remark) implements End {}

    /**
     * Its own setting let the run continue without it ({@code onFail: CONTINUE}, {@code failOnError: false}); no row is
     * written.
     */
    record Skipped(String reason) implements End {}

    /** Its only change is for another database or operating system: Liquibase passes over it in every run, and writes no row. */
    record NotForHere() implements End {}

    /** It failed, and the run doesn't continue. If it is transactional, nothing of it is left. */
    record RolledBack(Throwable cause) implements End {}
}
