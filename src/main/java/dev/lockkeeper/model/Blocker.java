package dev.lockkeeper.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who holds, or waits ahead of us for, what we wait for. What a role may not see is empty.
 *
 * @param who a session by its pid, or what else holds it
 * @param user the session's role
 * @param application its application_name
 * @param address where it connects from
 * @param state such as {@code active} or {@code idle in transaction}
 * @param stateAge since when it is in that state
 * @param transactionAge since when its transaction is open
 * @param lock what it holds, or how it waits
 * @param query its last statement's first line, literals masked
 */
public record Blocker(
        String who,
        Optional<String> user,
        Optional<String> application,
        Optional<String> address,
        Optional<String> state,
        Optional<Duration> stateAge,
        Optional<Duration> transactionAge,
        Optional<String> lock,
        Optional<String> query) {

    /** A holder of whom nothing more is known than a sentence. */
    public static Blocker described(String sentence) {
        return new Blocker(
                sentence,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** One line for a person. */
    public String sentence() {
        List<String> parts = new ArrayList<>(List.of(who));
        user.ifPresent(text -> parts.add("user " + text));
        application.filter(text -> !text.isBlank()).ifPresent(text -> parts.add("application " + text));
        address.ifPresent(text -> parts.add("from " + text));
        state.ifPresent(text ->
                parts.add(text + stateAge.map(age -> " for " + seconds(age)).orElse("")));
        transactionAge.ifPresent(age -> parts.add("transaction open for " + seconds(age)));
        lock.ifPresent(parts::add);
        query.ifPresent(text -> parts.add("query: " + text));
        return String.join(", ", parts);
    }

    private static String seconds(Duration age) {
        return age.toSeconds() + " s";
    }
}
