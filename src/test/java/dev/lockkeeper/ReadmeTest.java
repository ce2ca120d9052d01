package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.settings.Variable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's tables say what the code does. */
class ReadmeTest {
    private static List<String> readme() throws Exception {
        return Files.readAllLines(Path.of("README.md"));
    }

    @Test
    void every_setting_stands_in_the_table_with_its_option_and_default() throws Exception {
        List<String> rows = readme().stream()
                .filter(line -> line.matches("\\| `(DATABASE|LOCKKEEPER)_.*"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Variable.values())
                        .map(variable -> "| `" + variable.variable() + "` | "
                                + variable.option()
                                        .map(option -> "`" + option + "`")
                                        .orElse("") + " | "
                                + variable.defaultText() + " | " + variable.meaning() + " |")
                        .toList());
    }

    @Test
    void every_exit_code_stands_in_the_table() throws Exception {
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
    void help_shows_every_command_and_every_option_with_its_variable() {
        String root = Program.run(Environment.of(), "--help").output();
        assertThat(root).contains("migrate", "status", "validate", "tag", "baseline", "unlock");
        StringBuilder all = new StringBuilder();
        for (String command : List.of("migrate", "status", "validate", "tag", "baseline", "unlock")) {
            Finished help = Program.run(Environment.of(), command, "--help").exits(0);
            all.append(help.output());
        }
        for (Variable variable : Variable.values()) {
            if (variable.option().isPresent()) {
                assertThat(all.toString()).contains(variable.option().get()).contains(variable.variable());
            }
        }
        assertThat(Program.run(Environment.of(), "--version").exits(0).output()).startsWith("lockkeeper ");
        assertThat(Program.run(Environment.of(), "migrte").exits(2).text("happened"))
                .contains("migrte");
    }
}
