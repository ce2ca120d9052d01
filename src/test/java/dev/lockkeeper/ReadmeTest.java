package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.command.Commands;
import dev.lockkeeper.harness.Destroy;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.settings.Variable;
import dev.lockkeeper.settings.connection.UrlParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's tables say what the code does. */
class ReadmeTest {
    private static List<String> readme() throws Exception {
        return Files.readAllLines(Path.of("README.md"));
    }

    @Test
    void the_table_of_commands_is_their_list() throws Exception {
        assertThat(corrections("| command |", ReadmeTables.commands(Commands.ALL)))
                .isEmpty();
    }

    @Test
    void the_table_of_settings_is_their_list() throws Exception {
        assertThat(corrections("| variable |", ReadmeTables.settings(Commands.ALL)))
                .isEmpty();
    }

    @Test
    void an_option_without_a_variable_says_so() {
        assertThat(ReadmeTables.settings(List.of(new Destroy())))
                .contains(
                        "| no variable | `NAME` |  | destroy: what to destroy |",
                        "| no variable | `--confirm` |  | destroy: does what was shown under this token |");
        assertThat(ReadmeTables.commands(List.of(new Destroy())))
                .containsExactly("| `destroy NAME` (default) | Destroys. | `--confirm TOKEN` |");
    }

    /** What to change in a table so that it has exactly these rows, in this order: rows to remove, then rows to insert. */
    private static List<String> corrections(String head, List<String> rows) throws Exception {
        List<String> written = new ArrayList<>(table(head));
        List<String> corrections = new ArrayList<>();
        written.stream().filter(row -> !rows.contains(row)).forEach(row -> corrections.add("remove\n" + row));
        written.retainAll(rows);
        for (int i = 0; i < rows.size(); i++) {
            if (i < written.size() && written.get(i).equals(rows.get(i))) {
                continue;
            }
            String row = rows.get(i);
            String place = i == 0 ? "below the head" : "below\n" + rows.get(i - 1);
            corrections.add((written.remove(row) ? "move" : "insert") + "\n" + row + "\n" + place);
            written.add(i, row);
        }
        written.stream().skip(rows.size()).forEach(row -> corrections.add("remove the second\n" + row));
        return corrections;
    }

    /** The rows below the table's head. */
    private static List<String> table(String head) throws Exception {
        return readme().stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    @Test
    void every_url_parameter_is_listed_under_what_becomes_of_it() throws Exception {
        List<String> lines = readme();
        int from = lines.indexOf("### URL parameters");
        List<String> section = lines.subList(from, lines.indexOf("### Coming from Liquibase or Spring Boot"));
        assertThat(named(section, "\\| `.* \\| honoured.*", 1))
                .containsExactlyInAnyOrderElementsOf(UrlParameters.with(UrlParameters.Verdict.HONOURED));
        assertThat(named(section, "\\| `.* \\| refused.*", 1))
                .containsExactlyInAnyOrderElementsOf(UrlParameters.with(UrlParameters.Verdict.REFUSED));
        assertThat(named(section, "Ignored with a warning: .*", 0))
                .containsExactlyElementsOf(UrlParameters.with(UrlParameters.Verdict.IGNORED));
        assertThat(named(section, "Ignored without a warning: .*", 0))
                .containsExactlyElementsOf(UrlParameters.with(UrlParameters.Verdict.HARMLESS));
    }

    /** The names in backquotes, in one column of the lines that match. */
    private static List<String> named(List<String> lines, String pattern, int column) {
        return lines.stream()
                .filter(line -> line.matches(pattern))
                .map(line -> line.split("\\|", -1)[column])
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map(name -> name.group(1))
                .toList();
    }

    @Test
    void every_exit_code_is_in_the_table() throws Exception {
        List<String> numbers = readme().stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(numbers)
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> String.valueOf(code.number()))
                        .toList());
    }

    @Test
    void an_exit_code_that_is_an_answer_raises_no_alarm() throws Exception {
        String answers = Arrays.stream(ExitCode.values())
                .filter(code -> !code.isFailure())
                .map(code -> String.valueOf(code.number()))
                .collect(Collectors.joining(", "));
        assertThat(found("stack.yaml", "exitCode: \\[\\{ anything-but: \\[(.*?)]"))
                .isEqualTo(answers);
        assertThat(found("README.md", "one other than (.*?) \\(").replace(" and ", ", "))
                .isEqualTo(answers);
    }

    private static String found(String file, String pattern) throws Exception {
        Matcher place = Pattern.compile(pattern).matcher(Files.readString(Path.of("ecs", file)));
        assertThat(place.find()).as("%s in ecs/%s", pattern, file).isTrue();
        return place.group(1);
    }

    @Test
    void help_shows_every_command_and_every_option_with_its_variable() {
        String root = Program.run(Environment.of(), "--help").exits(0).output();
        for (Command command : Commands.ALL) {
            assertThat(root).contains(command.name());
            // Long texts are broken into lines.
            String help = Program.run(Environment.of(), command.name(), "--help")
                    .exits(0)
                    .output()
                    .replaceAll("\\s+", " ");
            command.settings().stream()
                    .filter(setting -> !setting.equals(Variable.DATABASE_PASSWORD))
                    .forEach(setting -> assertThat(help)
                            .contains(setting.option().orElse(setting.valueName()))
                            .contains(setting.meaning())
                            .contains("(" + setting.variable().orElse("no variable") + ")"));
        }
        assertThat(Program.run(Environment.of(), "--version").exits(0).output()).startsWith("lockkeeper ");
    }
}
