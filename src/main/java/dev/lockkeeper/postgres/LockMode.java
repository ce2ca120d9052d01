package dev.lockkeeper.postgres;

import java.util.Locale;

/** The names of lock modes. */
final class LockMode {
    private LockMode() {}

    /** pg_locks' {@code AccessExclusiveLock} as the manual and LOCK TABLE write it: {@code ACCESS EXCLUSIVE}. */
    static String words(String mode) {
        return mode.replaceAll("Lock$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
    }
}
