package dev.lockkeeper.changelog;

import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.changelog.FastCheckService;
import liquibase.database.Database;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;

/** Runs work inside Liquibase's scope: our log, our files, nothing printed, no calls home. */
public final class LiquibaseScope {
    /** Held, since java.util.logging forgets the levels of loggers that nobody holds. */
    private static final Logger YAML = Logger.getLogger("liquibase");

    static {
        // It warns of repeated keys on standard error, without file or line; changelog.source finds them with both.
        YAML.setLevel(Level.OFF);
    }

    private LiquibaseScope() {}

    /** Work that may throw Liquibase's own exceptions. */
    public interface Work<T> {
        T run() throws Exception;
    }

    /** Runs work that needs no database in the scope: parsing, or a command that brings its own. */
    public static <T> T call(ResourceAccessor files, Work<T> work) throws Exception {
        return call(files, Map.of(), work);
    }

    /**
     * Runs work whose result depends on the database. Liquibase computes checksums with the database of the scope;
     * without one, every change that names a {@code dbms} counts as a change for another database.
     */
    public static <T> T call(ResourceAccessor files, Database database, Work<T> work) throws Exception {
        return call(files, Map.of(Scope.Attr.database.name(), database), work);
    }

    private static <T> T call(ResourceAccessor files, Map<String, Object> more, Work<T> work) throws Exception {
        Map<String, Object> values = new HashMap<>(more);
        values.put(Scope.Attr.logService.name(), new Slf4jLogService());
        values.put(Scope.Attr.ui.name(), new LoggerUIService());
        values.put(Scope.Attr.resourceAccessor.name(), files);
        // Analytics would call home, and cost 1.5 s if nothing answers.
        values.put("liquibase.analytics.enabled", "false");
        Holder<T> holder = new Holder<>();
        Scope.child(values, () -> {
            // Otherwise Liquibase caches "up to date" for the process, and a second run would believe it.
            Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
            holder.value = work.run();
        });
        return holder.get();
    }

    private static final class Holder<T> {
        private @Nullable T value;

        T get() {
            if (value == null) {
                throw new IllegalStateException("the work gave no result");
            }
            return value;
        }
    }
}
