package dev.lockkeeper.changelog;

import java.util.HashMap;
import java.util.Map;
import liquibase.Scope;
import liquibase.changelog.FastCheckService;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;

/** Runs work inside Liquibase's scope: our log, our files, nothing printed, nobody called. */
public final class LiquibaseScope {
    private LiquibaseScope() {}

    /** Work that Liquibase's own exceptions may end. */
    public interface Work<T> {
        T run() throws Exception;
    }

    public static <T> T call(ResourceAccessor files, Work<T> work) throws Exception {
        FrozenConfiguration.install();
        Map<String, Object> values = new HashMap<>();
        values.put(Scope.Attr.logService.name(), new Slf4jLogService());
        values.put(Scope.Attr.ui.name(), new LoggerUIService());
        values.put(Scope.Attr.resourceAccessor.name(), files);
        // Analytics would call home, and cost 1.5 s where nothing answers.
        values.put("liquibase.analytics.enabled", "false");
        Holder<T> holder = new Holder<>();
        Scope.child(values, () -> {
            // "Up to date" is remembered per process otherwise, and a second run would believe it.
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
