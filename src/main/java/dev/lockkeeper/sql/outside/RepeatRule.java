package dev.lockkeeper.sql.outside;

import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.Token;
import dev.lockkeeper.sql.TokenReader;
import java.util.Set;

/** Which statements may be carried out twice: the second time changes nothing, or what they do is meant to be done again. */
final class RepeatRule {
    private static final Set<String> VERBS = Set.of(
            "ANALYSE",
            "ANALYZE",
            "CHECKPOINT",
            "CLUSTER",
            "COMMENT",
            "DISCARD",
            "GRANT",
            "LOAD",
            "LOCK",
            "REFRESH",
            "RESET",
            "REVOKE",
            "SECURITY",
            "SET",
            "SHOW",
            "VACUUM");

    /** An ALTER without these sets something, and finds it set the second time. */
    private static final Set<String> CHANGES_ONCE = Set.of("ATTACH", "DETACH", "INHERIT", "RENAME", "SCHEMA", "TYPE");

    private final TokenReader tokens;

    private RepeatRule(TokenReader tokens) {
        this.tokens = tokens;
    }

    static boolean appliesTo(SqlStatement statement) {
        return new RepeatRule(new TokenReader(statement.text())).applies();
    }

    private boolean applies() {
        Token verb = tokens.peek();
        if (verb.is("ALTER")) {
            tokens.take();
            tokens.take();
            return alters();
        }
        if (verb.is("REINDEX")) {
            return ReindexReader.read(tokens).isEmpty();
        }
        if (tokens.accept("CREATE")) {
            return tokens.accept("OR", "REPLACE") || tokens.skipBehind("IF", "NOT", "EXISTS");
        }
        return VERBS.stream().anyMatch(verb::is)
                || (verb.is("DROP") && tokens.skipBehind("IF", "EXISTS"))
                || (verb.is("INSERT") && tokens.skipBehind("ON", "CONFLICT"));
    }

    /** Reads behind ALTER and the kind of object; what stands in parentheses belongs to an action that was seen. */
    private boolean alters() {
        int parentheses = 0;
        while (!tokens.atEnd()) {
            Token token = tokens.take();
            if (token.is('(')) {
                parentheses++;
            } else if (token.is(')')) {
                parentheses--;
            } else if (parentheses == 0 && !repeatable(token)) {
                return false;
            }
        }
        return true;
    }

    private boolean repeatable(Token action) {
        if (action.is("ADD") || action.is("DROP")) {
            if (action.is("DROP") && (tokens.accept("NOT", "NULL") || tokens.accept("DEFAULT"))) {
                return true;
            }
            if (!tokens.accept("COLUMN") && !tokens.accept("CONSTRAINT") && !tokens.accept("VALUE")) {
                tokens.accept("ATTRIBUTE");
            }
            return tokens.accept("IF");
        }
        return CHANGES_ONCE.stream().noneMatch(action::is);
    }
}
