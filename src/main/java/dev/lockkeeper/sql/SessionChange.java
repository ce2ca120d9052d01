package dev.lockkeeper.sql;

import java.util.Locale;
import java.util.Set;

/** Which statements may change the session's state for the statements after them. */
final class SessionChange {
    /** A statement that begins with one of these changes the session only through functions that it calls. */
    private static final Set<String> HARMLESS = Set.of(
            "ALTER",
            "ANALYZE",
            "CLUSTER",
            "COMMENT",
            "COPY",
            "CREATE",
            "DELETE",
            "DROP",
            "GRANT",
            "IMPORT",
            "INSERT",
            "LOCK",
            "MERGE",
            "REFRESH",
            "REINDEX",
            "REVOKE",
            "TRUNCATE",
            "UPDATE",
            "VACUUM",
            "WITH");

    private SessionChange() {}

    static boolean givesLocksAway(String sql) {
        return new TokenReader(sql).accept("DISCARD", "ALL")
                || sql.toLowerCase(Locale.ROOT).contains("pg_advisory_unlock_all");
    }

    static boolean in(String sql) {
        Token first = new Lexer(sql).nextSignificant();
        if (HARMLESS.stream().noneMatch(first::is)) {
            return true;
        }
        String lower = sql.toLowerCase(Locale.ROOT);
        return lower.contains("set_config") || lower.contains("pg_advisory_unlock");
    }
}
