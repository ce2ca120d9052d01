package dev.lockkeeper.report;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.RunResult;
import dev.lockkeeper.model.SchemaState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object in the order they are added; null and empty optional values are left out. */
final class Fields {
    private final Map<String, Object> map = new LinkedHashMap<>();

    static Fields of() {
        return new Fields();
    }

    Fields add(String name, @Nullable Object value) {
        Object bare = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (bare != null) {
            map.put(name, bare instanceof Duration duration ? (Object) duration.toMillis() : bare);
        }
        return this;
    }

    Map<String, Object> map() {
        return map;
    }

    /** What a finished run tells, lists whole. */
    static Fields result(RunResult result) {
        return of().add("success", result.outcome().exitCode().number() == 0)
                .add("command", result.command())
                .add("outcome", result.outcome().exitCode().word())
                .add("exitCode", result.outcome().exitCode().number())
                .add("databaseTouched", result.touched().word())
                .add("happened", result.outcome().happened())
                .add("whatNow", result.whatNow())
                .add("stateBefore", result.before().map(SchemaState::word))
                .add("stateAfter", result.after().map(SchemaState::word))
                .add("appliedCount", result.applied().size())
                .add("skippedCount", result.skipped().size())
                .add("pendingCount", result.pending().size())
                .add("durationMs", result.duration())
                .add("lockWaitMs", result.lockWait())
                .add("retriedCount", result.retries())
                .add("sqlState", result.outcome().sqlState())
                .add("failed", result.failed().map(Fields::failed))
                .add("applied", result.applied().stream().map(Fields::applied).toList())
                .add("skipped", result.skipped().stream().map(Fields::id).toList())
                .add("pending", result.pending().stream().map(Fields::id).toList());
    }

    static Map<String, Object> id(ChangeSetId id) {
        return of().add("file", id.file())
                .add("id", id.id())
                .add("author", id.author())
                .map();
    }

    /** What is known of a blocker, and all of it as a sentence. */
    static Map<String, Object> blocker(Blocker blocker) {
        return of().add("who", blocker.who())
                .add("user", blocker.user())
                .add("application", blocker.application())
                .add("address", blocker.address())
                .add("state", blocker.state())
                .add("stateMs", blocker.stateAge())
                .add("transactionMs", blocker.transactionAge())
                .add("lock", blocker.lock())
                .add("query", blocker.query())
                .add("text", blocker.sentence())
                .map();
    }

    static List<Map<String, Object>> blockers(List<Blocker> blockers) {
        return blockers.stream().map(Fields::blocker).toList();
    }

    static Map<String, Object> failed(FailedChangeSet failed) {
        return of().add("changeSet", id(failed.changeSet().id()))
                .add("transactional", failed.transactional())
                .add("sqlState", failed.sqlState())
                .add("message", failed.message())
                .add("statement", failed.shortStatement())
                .map();
    }

    private static Map<String, Object> applied(RunResult.Applied applied) {
        Map<String, Object> fields = id(applied.id());
        fields.put("execType", applied.execType());
        fields.put("durationMs", applied.duration().toMillis());
        fields.put("rows", applied.rows());
        return fields;
    }
}
