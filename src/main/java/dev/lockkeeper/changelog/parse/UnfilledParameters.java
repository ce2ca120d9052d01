package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.model.event.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Changelog parameters without a value: one finding for each, however many change sets use it. */
final class UnfilledParameters {
    private UnfilledParameters() {}

    /** A parameter's first user, and how many there are. */
    private record Users(String first, int number) {
        Users plus(Users other) {
            return new Users(first, number + other.number);
        }
    }

    static Stream<Event.Finding> in(List<Rule.Subject> subjects) {
        Map<String, Users> users = new LinkedHashMap<>();
        for (Rule.Subject subject : subjects) {
            String changeSet = ChangeSets.id(subject.changeSet()).toString();
            Placeholders.unfilled(subject.changeSet(), subject.offline())
                    .forEach(name -> users.merge(name, new Users(changeSet, 1), Users::plus));
        }
        return users.entrySet().stream()
                .map(one -> new Event.Finding(
                        Event.Level.WARN, one.getValue().first(), sentence(one.getKey(), one.getValue())));
    }

    private static String sentence(String name, Users users) {
        String others = switch (users.number()) {
            case 1 -> "";
            case 2 -> ", and so does another change set";
            default -> ", and so do " + (users.number() - 1) + " other change sets";
        };
        return "uses " + name + ", which has no value" + others
                + ": it stays in the SQL as it is. Define it by LOCKKEEPER_PARAMETERS or a property";
    }
}
