package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetOptions;
import dev.lockkeeper.settings.Durations;
import dev.lockkeeper.text.Elapsed;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code lockkeeper: key=value, …} from a change set's comment. */
public final class CommentOptions {
    private static final Pattern OURS = Pattern.compile("(?im)(?:^|\\s)lockkeeper:[ \\t]*(.*)$");
    private static final Set<String> KEYS = Set.of("lock-timeout", "retries", "batched", "pause");
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LONGEST_LOCK_TIMEOUT = Duration.ofHours(1);

    private final Map<String, String> given = new HashMap<>();

    private CommentOptions(String text) {
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("\\s*=\\s*", 2);
            if (!KEYS.contains(pair[0])) {
                throw new IllegalArgumentException("its comment says lockkeeper: \"" + pair[0]
                        + "\", which isn't one of lock-timeout=, retries=, batched, pause=");
            }
            given.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
    }

    /**
     * What the comment asks for.
     *
     * @throws IllegalArgumentException if it can't be understood or has no effect; the message is a sentence
     */
    public static ChangeSetOptions parse(@Nullable String comment, boolean transactional) {
        Matcher ours = OURS.matcher(comment == null ? "" : comment);
        if (!ours.find()) {
            return ChangeSetOptions.NONE;
        }
        CommentOptions options = new CommentOptions(ours.group(1));
        options.checkEffect(transactional);
        return new ChangeSetOptions(options.lockTimeout(), options.retries(), options.batchPause());
    }

    private void checkEffect(boolean transactional) {
        boolean batched = given.containsKey("batched");
        if (batched && transactional) {
            throw new IllegalArgumentException(
                    "its comment says batched, which needs runInTransaction:false: each batch is a commit of its own");
        }
        if (!batched && !transactional) {
            throw new IllegalArgumentException("its comment sets " + String.join(", ", new HashSet<>(given.keySet()))
                    + ", which has no effect outside a transaction: such statements wait for as long as they must");
        }
        if (!batched && given.containsKey("pause")) {
            throw new IllegalArgumentException("its comment sets pause, which has no effect without batched");
        }
    }

    private Optional<Duration> lockTimeout() {
        Optional<Duration> timeout =
                Optional.ofNullable(given.get("lock-timeout")).map(text -> duration("lock-timeout", text));
        timeout.ifPresent(one -> {
            if (one.isZero() || one.compareTo(LONGEST_LOCK_TIMEOUT) > 0) {
                throw new IllegalArgumentException("its comment sets a lock-timeout of " + Elapsed.text(one)
                        + ": it must lie above 0 and not above 1h, since the app's queries queue behind the waiting");
            }
        });
        return timeout;
    }

    private static Duration duration(String key, String text) {
        try {
            return Durations.parse(text, LONGEST);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its comment sets " + key + ": " + e.getMessage(), e);
        }
    }

    private Optional<Integer> retries() {
        return Optional.ofNullable(given.get("retries")).map(text -> {
            if (!text.matches("\\d{1,4}")) {
                throw new IllegalArgumentException(
                        "its comment sets retries=" + text + ", which isn't a whole number from 0 to 9999");
            }
            return Integer.valueOf(text);
        });
    }

    private Optional<Duration> batchPause() {
        return given.containsKey("batched")
                ? Optional.of(Optional.ofNullable(given.get("pause"))
                        .map(text -> duration("pause", text))
                        .orElse(PAUSE))
                : Optional.empty();
    }
}
