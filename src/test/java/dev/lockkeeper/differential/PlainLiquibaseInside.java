package dev.lockkeeper.differential;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.change.Change;
import liquibase.change.ChangeFactory;
import liquibase.change.DbmsTargetedChange;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.FastCheckService;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.DatabaseList;
import liquibase.database.jvm.JdbcConnection;
import liquibase.parser.ChangeLogParser;
import liquibase.precondition.Precondition;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.SearchPathResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Plain Liquibase, as its command line uses it. Loaded by {@link PlainLoader} only. */
public final class PlainLiquibaseInside implements Plain {
    /** Kept, because a logger that nobody holds loses its level. */
    private static final Logger LOG = Logger.getLogger("liquibase");

    /** What is done with a changelog. */
    private interface Work<T> {
        T with(Liquibase liquibase) throws Exception;
    }

    @Override
    public void update(Request request, Connection connection) throws Exception {
        call(request, connection, liquibase -> {
            liquibase.update(new Contexts(request.contexts()), new LabelExpression(request.labels()));
            return Set.of();
        });
    }

    @Override
    public List<String> pending(Request request, Connection connection) throws Exception {
        return call(request, connection, liquibase -> {
            List<String> pending = new ArrayList<>();
            for (ChangeSet changeSet : liquibase.listUnrunChangeSets(
                    new Contexts(request.contexts()), new LabelExpression(request.labels()))) {
                pending.add(String.join("::", changeSet.getFilePath(), changeSet.getId(), changeSet.getAuthor())
                        + peculiarity(changeSet, liquibase.getDatabase()));
            }
            return pending;
        });
    }

    private static String peculiarity(ChangeSet changeSet, Database database) throws Exception {
        if (changeSet.isAlwaysRun() && database.getRanChangeSet(changeSet) != null) {
            return AGAIN;
        }
        boolean elsewhere = changeSet.getChanges().stream()
                .allMatch(change -> change instanceof DbmsTargetedChange targeted
                        && !DatabaseList.definitionMatches(targeted.getDbms(), database, true));
        return elsewhere ? NOTHING_TO_DO : "";
    }

    private static <T> T call(Request request, Connection connection, Work<T> work) throws Exception {
        LOG.setLevel(Level.OFF);
        Map<String, Object> scope = new HashMap<>();
        scope.put("liquibase.analytics.enabled", "false");
        scope.put(Scope.Attr.ui.name(), new LoggerUIService());
        ClassLoader loader = PlainLiquibaseInside.class.getClassLoader();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return Scope.child(scope, () -> {
                Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
                Database database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                try (Liquibase liquibase = new Liquibase(
                        request.root(),
                        new SearchPathResourceAccessor(
                                request.folder().toString(), new ClassLoaderResourceAccessor(loader)),
                        database)) {
                    liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                    request.parameters().forEach(liquibase::setChangeLogParameter);
                    return work.with(liquibase);
                }
            });
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Override
    public Vocabulary vocabulary() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(PlainLiquibaseInside.class.getClassLoader());
        try {
            return new Vocabulary(
                    changes(),
                    names(Precondition.class, Precondition::getName),
                    new TreeSet<>(new ChangeSet(null).getSerializableFields()),
                    names(ChangeLogParser.class, parser -> parser.getClass().getSimpleName()));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Map<String, Set<String>> changes() {
        ChangeFactory factory = Scope.getCurrentScope().getSingleton(ChangeFactory.class);
        Map<String, Set<String>> changes = new TreeMap<>();
        for (String name : factory.getDefinedChanges()) {
            Change change = factory.create(name);
            changes.put(
                    name,
                    new TreeSet<>(
                            factory.getChangeMetaData(change).getParameters().keySet()));
        }
        return changes;
    }

    private static <T> Set<String> names(Class<T> type, Function<T, String> name) {
        return Scope.getCurrentScope().getServiceLocator().findInstances(type).stream()
                .map(name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
