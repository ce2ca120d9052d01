package dev.lockkeeper.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.model.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names of events are an interface: README lists them, and the gate's log.jq reads them. */
class EventNamesTest {
    private static final Set<String> NAMES =
            Samples.events().stream().map(Event::name).collect(Collectors.toCollection(TreeSet::new));

    private static final Pattern QUOTED = Pattern.compile("\"([a-z]+(?:\\.[a-z]+)?)\"");

    private static Stream<Class<?>> cases(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventNamesTest::cases)
                : Stream.of(type);
    }

    @Test
    void there_is_a_sample_of_every_event_and_no_name_is_used_twice() {
        assertThat(Samples.events().stream().map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(cases(Event.class).toList());
        assertThat(NAMES).hasSameSizeAs(Samples.events());
    }

    @Test
    void the_readme_lists_every_event() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        Matcher list = Pattern.compile("one object a line: (`run\\.started`.*?`run\\.finished`)", Pattern.DOTALL)
                .matcher(readme);
        assertThat(list.find()).isTrue();
        assertThat(written(list.group(1))).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    /** The names between backticks; one that begins with a dot continues the family before it. */
    private static List<String> written(String list) {
        List<String> names = new ArrayList<>();
        Matcher name = Pattern.compile("`([a-z.]+)`").matcher(list);
        while (name.find()) {
            String family = names.isEmpty() ? "" : names.get(names.size() - 1).split("\\.", -1)[0];
            names.add(name.group(1).startsWith(".") ? family + name.group(1) : name.group(1));
        }
        return names;
    }

    @Test
    void the_gate_knows_every_event_but_those_whose_message_is_all() throws Exception {
        Set<String> known = new TreeSet<>(Set.of("message", "log"));
        Files.readString(Path.of("ecs/gate/log.jq"))
                .lines()
                .filter(line -> line.contains(".event == ") || line.startsWith("def silent:"))
                .flatMap(line -> QUOTED.matcher(line).results())
                .forEach(name -> known.add(name.group(1)));
        assertThat(known).isEqualTo(NAMES);
    }
}
