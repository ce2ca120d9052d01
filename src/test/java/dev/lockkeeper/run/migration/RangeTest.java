package dev.lockkeeper.run.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ChangeSetOptions;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Comparison.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTest {
    /**
     * The changelog is written in words of an id and a letter: p for pending, r for recorded, a for runs always, o for
     * left out; {@code #v1} after it is a tag that it sets.
     */
    @ParameterizedTest
    @CsvSource({
        // changelog,              to tag, count, chosen, also within
        "1p 2p 3p,                 ,       ,      1 2 3,  ''",
        "1p 2p 3p,                 ,       2,     1 2,    ''",
        "1p 2p 3p,                 ,       3,     1 2 3,  ''",
        "1p 2p 3p,                 ,       9,     1 2 3,  ''",
        "1r 2r,                    ,       1,     '',     1 2",
        // What runs always does so up to the end, and after it only if nothing is left pending.
        "1a 2p 3a 4p 5a,           ,       1,     2,      1",
        "1a 2p 3a 4p 5a,           ,       2,     2 4,    1 3 5",
        "1r 2o 3p 4r 5p,           ,       1,     3,      1 2",
        "1p 2r#v1 3p,              v1,     ,      1,      2",
        "1p 2p#v1 3p 4p#v1,        v1,     ,      1 2,    ''",
        "1p 2o#v1 3p,              v1,     ,      1,      2",
        "1p 2p,                    v1,     ,      '',     ''",
        // A tag takes precedence over a number.
        "1p 2p 3p#v1 4p,           v1,     1,     1 2 3,  ''",
        // One id twice: for another context, and for this run.
        "1o 2p 1p 3p,              ,       1,     2,      ''",
        "1o 2p 1p 3p,              ,       2,     1 2,    ''",
        "1p 2p 1o 3p,              ,       1,     1,      ''",
        "1o 2p#v1 1p,              v1,     ,      2,      ''",
    })
    void a_range_ends_at_its_tag_or_number(String changelog, String toTag, Integer count, String chosen, String also) {
        Comparison comparison = comparison(changelog);
        FixedRange fixed = new Range(Optional.ofNullable(toTag), Optional.ofNullable(count)).fixedBy(comparison);
        List<String> ids = ids(fixed.chosen(comparison.pending()));
        assertThat(ids).containsExactlyInAnyOrderElementsOf(words(chosen));
        List<String> within = fixed.within().stream().map(ChangeSetId::id).collect(Collectors.toList());
        within.removeAll(ids);
        assertThat(within).containsExactlyInAnyOrderElementsOf(words(also));
    }

    private static List<String> ids(List<ChangeSetInfo> changeSets) {
        return changeSets.stream().map(one -> one.id().id()).toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static Comparison comparison(String changelog) {
        return new Comparison(
                Arrays.stream(changelog.split(" ", -1)).map(RangeTest::judged).toList(), List.of(), List.of());
    }

    private static Comparison.Judged judged(String word) {
        String[] parts = word.split("#", 2);
        ChangeSetInfo changeSet = new ChangeSetInfo(
                new ChangeSetId("root.sql", parts[0].substring(0, 1), "team"),
                true,
                parts.length > 1 ? List.of(parts[1]) : List.of(),
                List.of(),
                List.of(),
                ChangeSetInfo.Traits.PLAIN,
                ChangeSetOptions.NONE);
        return switch (parts[0].charAt(1)) {
            case 'p' -> new Comparison.Judged(changeSet, false, new Verdict.Pending());
            case 'r' -> new Comparison.Judged(changeSet, true, new Verdict.Recorded());
            case 'a' -> new Comparison.Judged(changeSet, true, new Verdict.RunsAlways());
            default ->
                new Comparison.Judged(
                        changeSet, false, new Verdict.LeftOut(Verdict.Reason.CONTEXTS, "it is for others"));
        };
    }
}
