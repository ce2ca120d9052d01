package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.model.SchemaNames;
import dev.lockkeeper.sql.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import liquibase.GlobalConfiguration;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that are named exactly as the catalog has them. Liquibase folds a name in capitals to lower case when it looks
 * for its history table, so the second run wouldn't find what the first created.
 */
final class ExactSchemas {
    /** A name that is the same with and without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private final Set<String> names;

    ExactSchemas(SchemaNames schemas) {
        names = Set.copyOf(List.of(schemas.defaultSchema(), schemas.historySchema()));
    }

    /** True if this is the name of one of the schemas. */
    boolean names(@Nullable String name, Class<? extends DatabaseObject> type) {
        return name != null && Schema.class.isAssignableFrom(type) && names.contains(name);
    }

    boolean mustQuote(@Nullable String name, Class<? extends DatabaseObject> type) {
        return name != null && names(name, type) && !PLAIN.matcher(name).matches();
    }

    static String quoted(String name) {
        return Identifier.quote(name);
    }

    /**
     * Settings for Liquibase's scope. Its search for tables folds schema names unless a setting preserves their case.
     * That setting also quotes every schema that a changelog names, so it is only used if a schema needs it.
     */
    static Map<String, Object> scopeFor(SchemaNames schemas) {
        boolean plain = PLAIN.matcher(schemas.defaultSchema()).matches()
                && PLAIN.matcher(schemas.historySchema()).matches();
        return plain ? Map.of() : Map.of(GlobalConfiguration.PRESERVE_SCHEMA_CASE.getKey(), true);
    }
}
