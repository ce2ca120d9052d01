package dev.lockkeeper.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.Destroy;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Setting;
import dev.lockkeeper.settings.Values;
import dev.lockkeeper.settings.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final Map<String, List<String>> SHARED =
            Map.of("LOCKKEEPER_TO_TAG", List.of("migrate", "baseline"), "LOCKKEEPER_TAG", List.of("migrate", "tag"));

    private static List<String> problems(Command command, Map<String, String> environment) {
        Problems problems = new Problems();
        command.prepare(new Values(environment, Map.of(), problems), problems);
        return problems.errors();
    }

    @Test
    void a_variable_is_one_commands_own_unless_it_is_listed_here() {
        Map<String, List<String>> takers = new LinkedHashMap<>();
        for (Command command : Commands.ALL) {
            command.options().stream()
                    .flatMap(option -> option.variable().stream())
                    .forEach(
                            name -> takers.merge(name, List.of(command.name()), (a, b) -> List.of(a.get(0), b.get(0))));
        }
        takers.values().removeIf(names -> names.size() == 1);
        assertThat(takers).isEqualTo(SHARED);
    }

    @Test
    void nothing_but_unlock_is_confirmed_by_a_variable() {
        List<String> confirmed = Commands.ALL.stream()
                .filter(command -> command.options().stream()
                        .flatMap(option -> option.variable().stream())
                        .anyMatch(name -> name.matches(".*(CONFIRM|ACCEPT|DISPOSABLE|PLAN|FORCE).*")))
                .map(Command::name)
                .toList();
        assertThat(confirmed).containsExactly("unlock");
    }

    @Test
    void no_variable_reaches_an_option_that_has_none() {
        Map<String, String> environment =
                Map.of("LOCKKEEPER_CONFIRM", "true", "LOCKKEEPER_NAME", "a", "CONFIRM", "true");
        Values values = new Values(environment, Map.of(), new Problems());
        assertThat(new Destroy().options())
                .hasSize(2)
                .allSatisfy(option -> assertThat(values.text(option)).isEmpty());
        CommandOption confirm = new Destroy().options().get(1);
        Map<Setting, String> arguments = Map.of(confirm, "TOKEN");
        assertThat(new Values(environment, arguments, new Problems()).text(confirm))
                .contains("TOKEN");
    }

    @Test
    void the_variables_of_other_commands_are_not_read() {
        Map<String, String> environment =
                Map.of("LOCKKEEPER_COUNT", "many", "LOCKKEEPER_FAIL_ON_SKIP", "perhaps", "LOCKKEEPER_ALL", "true");
        assertThat(problems(new Migrate(), environment)).hasSize(2);
        assertThat(problems(new Status(), environment)).isEmpty();
        assertThat(problems(new Baseline(), environment)).isEmpty();
    }

    @Test
    void what_a_command_requires_is_asked_for_before_anything_starts() {
        assertThat(problems(new Tag(), Map.of()))
                .containsExactly("tag needs a name: write tag NAME, or set LOCKKEEPER_TAG");
        assertThat(problems(new Tag(), Map.of("LOCKKEEPER_TAG", "x".repeat(256))))
                .containsExactly("LOCKKEEPER_TAG: a tag has at most 255 characters");
        assertThat(problems(new Baseline(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("baseline needs exactly one");
        assertThat(problems(new Baseline(), Map.of("LOCKKEEPER_ALL", "true", "LOCKKEEPER_NONE", "true")))
                .hasSize(1);
        assertThat(problems(new Migrate(), Map.of("LOCKKEEPER_TO_TAG", "v1", "LOCKKEEPER_COUNT", "1")))
                .singleElement()
                .asString()
                .startsWith("--to-tag and --count can't be combined");
        assertThat(problems(new Migrate(), Map.of("LOCKKEEPER_COUNT", "0")))
                .containsExactly("LOCKKEEPER_COUNT (--count): \"0\" isn't a whole number from 1 to 999999999");
    }

    @Test
    void no_option_of_a_command_hides_a_common_one() {
        List<String> common = Arrays.stream(Variable.values())
                .flatMap(variable -> variable.option().stream())
                .collect(Collectors.toList());
        assertThat(Commands.ALL)
                .allSatisfy(
                        command -> assertThat(command.options().stream().flatMap(option -> option.option().stream()))
                                .doesNotHaveDuplicates()
                                .doesNotContainAnyElementsOf(common));
    }
}
