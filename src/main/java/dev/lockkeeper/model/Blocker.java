package dev.lockkeeper.model;

import dev.lockkeeper.text.Elapsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session, or something else, that holds what we wait for or waits for it ahead of us. What our role may not see is empty.
 *
 * @param pid its process id, empty if it isn't a session
 * @param who a session by its pid, or what else holds it
 * @param user the session's role
 * @param application its application_name
 * @param address the address it connects from
 * @param state such as {@code active} or {@code idle in transaction}
 * @param stateAge for how long it has been in that state
 * @param transactionAge for how long its transaction has been open
 * @param lock what it holds, or how it waits
 * @param query its last statement's first line, literals masked
 */
public record Blocker(
        Optional<Integer> pid,
        String who,
        Optional<String> user,
        Optional<String> application,
        Optional<String> address,
        Optional<String> state,
        Optional<Duration> stateAge,
        Optional<Duration> transactionAge,
        Optional<String> lock,
        Optional<String> query) {

    /** A holder that isn't a visible session: all that is known about it is a sentence. */
    public static Blocker described(String sentence) {
        return new Blocker(
                Optional.empty(),
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
        state.ifPresent(text -> parts.add(
                text + stateAge.map(age -> " for " + Elapsed.text(age)).orElse("")));
        transactionAge.ifPresent(age -> parts.add("transaction open for " + Elapsed.text(age)));
        lock.ifPresent(parts::add);
        query.ifPresent(text -> parts.add("query: " + text));
        return String.join(", ", parts);
    }
}
