package dev.lockkeeper.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Names for the change sets of one changelog, each as short as possible but different from the others. */
public final class ShortNames {
    private ShortNames() {}

    /** The id; with its file if that isn't named after it or two would look alike; with its author if they still would. */
    public static Map<ChangeSetId, String> of(Collection<ChangeSetId> changeSets) {
        Set<ChangeSetId> all = new LinkedHashSet<>(changeSets);
        Map<String, Integer> shortNames = counted(all, ChangeSetId::shortName);
        Map<String, Integer> withFile = counted(all, ChangeSetId::withFile);
        Map<ChangeSetId, String> names = new HashMap<>();
        for (ChangeSetId id : all) {
            boolean alike = withFile.getOrDefault(id.withFile(), 0) > 1;
            String longer = alike ? id.toString() : id.withFile();
            names.put(id, shortNames.getOrDefault(id.shortName(), 0) > 1 ? longer : id.shortName());
        }
        return names;
    }

    private static Map<String, Integer> counted(Set<ChangeSetId> all, Function<ChangeSetId, String> name) {
        Map<String, Integer> counts = new HashMap<>();
        all.forEach(id -> counts.merge(name.apply(id), 1, Integer::sum));
        return counts;
    }
}
