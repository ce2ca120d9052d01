package dev.lockkeeper.report;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.SourceLine;
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

    /** A word of ours or of a fixed set. No secret can be in it, so it is written as it is. */
    record Word(String text) {}

    /** Adds a value; durations become milliseconds. Secrets are taken out of its texts when it is written. */
    Fields add(String name, @Nullable Object value) {
        Object bare = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (bare != null) {
            map.put(name, bare instanceof Duration duration ? (Object) duration.toMillis() : bare);
        }
        return this;
    }

    /** Adds a word that scripts read. It must never come from SQL, a setting or a person. */
    Fields addWord(String name, String word) {
        return add(name, new Word(word));
    }

    Fields addWord(String name, Optional<String> word) {
        return add(name, word.map(Word::new));
    }

    Fields addAll(Fields others) {
        map.putAll(others.map);
        return this;
    }

    Map<String, Object> map() {
        return map;
    }

    static Map<String, Object> id(ChangeSetId id) {
        return of().add("file", id.file())
                .add("id", id.id())
                .add("author", id.author())
                .map();
    }

    /** What is known about a blocker, and the same as a sentence. */
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

    static Fields failed(FailedChangeSet failed) {
        return of().add("changeSet", id(failed.changeSet().id()))
                .add("transactional", failed.transactional())
                .addWord("sqlState", Optional.ofNullable(failed.sqlState()))
                .add("message", failed.message())
                .add("statement", failed.shortStatement())
                .add("sourceFile", failed.source().map(SourceLine::file))
                .add("sourceLine", failed.source().map(SourceLine::line));
    }
}
