package dev.lockkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.command.Command;
import dev.lockkeeper.command.Commands;
import dev.lockkeeper.harness.Destroy;
import dev.lockkeeper.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {
    private static Arguments parse(String line) {
        return parse(Commands.ALL, line);
    }

    private static Arguments parse(List<Command> commands, String line) {
        return new CommandLines(commands, "test", false).parse(line.isEmpty() ? new String[0] : line.split(" ", -1));
    }

    /** The command's name and what was given, as one line. */
    private static String called(Arguments arguments) {
        assertThat(arguments).isInstanceOf(Arguments.Call.class);
        Arguments.Call call = (Arguments.Call) arguments;
        Map<String, String> given = new TreeMap<>();
        call.given().forEach((setting, text) -> given.put(name(setting), text));
        return call.command().name() + " " + given;
    }

    private static String name(Setting setting) {
        return setting.option().orElse(setting.valueName());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '"',
            value = {
                "\"\" > migrate {}",
                "migrate > migrate {}",
                "status --check > status {--check=true}",
                "tag v1 > tag {NAME=v1}",
                "tag status > tag {NAME=status}",
                "tag > tag {}",
                "baseline --to-tag=v1 > baseline {--to-tag=v1}",
                "--lock-timeout 1s > migrate {--lock-timeout=1s}",
                "--count 3 --fail-on-skip > migrate {--count=3, --fail-on-skip=true}",
                // Common options before the command.
                "--lock-timeout 1s status > status {--lock-timeout=1s}",
                "--lock-timeout=1s status --check > status {--check=true, --lock-timeout=1s}",
                "--wait 1m --log-format text tag v1 --role r > tag {--log-format=text, --role=r, --wait=1m, NAME=v1}",
                "--to-tag v1 baseline > baseline {--to-tag=v1}",
                // A command's name as a value.
                "migrate --tag status > migrate {--tag=status}",
                "--tag status > migrate {--tag=status}",
                "--tag status --schema unlock > migrate {--schema=unlock, --tag=status}",
                "--schema unlock validate > validate {--schema=unlock}",
            })
    void the_first_word_that_is_no_option_is_the_command(String line, String call) {
        assertThat(called(parse(line))).isEqualTo(call);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "migrte > migrate > There is no command migrte; did you mean migrate?",
                "--lock-timeout 1s staus > migrate > There is no command staus; did you mean status?",
                "migrate --no-such > migrate > There is no option --no-such",
                "--no-such status > migrate > There is no option --no-such",
                "status --lock-timeuot 1s > status > There is no option --lock-timeuot; did you mean --lock-timeout?",
                "status --confirm > status > --confirm is an option of unlock, not of status",
                "--check > migrate > --check is an option of status, not of migrate; name the command first: status --check",
                "--check status > migrate > --check is an option of status, not of migrate; name the command first: status --check",
                "--count 3 status > status > --count is an option of migrate, not of status",
                "status --to-tag v1 > status > --to-tag is an option of migrate and baseline, not of status",
                "tag --tag v1 > tag > --tag is an option of migrate, not of tag",
                "migrate status > migrate > migrate takes no argument status",
                "tag one two > tag > tag takes no argument two",
                "migrate --database-password=s3cr:t > migrate > There is no option --database-password, which others could read in the process list: set DATABASE_PASSWORD",
                "--database-password s3cr:t > migrate > There is no option --database-password, which others could read in the process list: set DATABASE_PASSWORD",
                "migrate pa$$word > migrate > There is an argument that is neither an option nor a command",
                "s3cr:t > migrate > There is an argument that is neither an option nor a command",
                "status --wait > status > Missing required parameter for option '--wait' (VALUE)",
            })
    void bad_usage_is_named_and_no_value_is_repeated(String line, String command, String problem) {
        assertThat(parse(line)).isInstanceOfSatisfying(Arguments.Wrong.class, wrong -> {
            assertThat(wrong.command().name()).isEqualTo(command);
            assertThat(wrong.problem()).startsWith(problem).doesNotContain("s3cr");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "--help > Usage: lockkeeper [-hV] [COMMAND]",
                "-h > Usage: lockkeeper [-hV] [COMMAND]",
                "status --help > Usage: lockkeeper status [-hV] [--check]",
                "help > Usage: lockkeeper [-hV] [COMMAND]",
                "help status > Usage: lockkeeper status [-hV] [--check]",
                "--help status > Usage: lockkeeper status [-hV] [--check]",
                "--wait 1s -h > Usage: lockkeeper migrate [-hV]",
                "--version > lockkeeper test",
                "-V > lockkeeper test",
                "tag -V > lockkeeper test",
            })
    void help_and_version_are_texts(String line, String start) {
        assertThat(parse(line))
                .isInstanceOfSatisfying(
                        Arguments.Help.class, help -> assertThat(help.text()).startsWith(start));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a --confirm TOKEN", "a --confirm=TOKEN"})
    void one_name_may_take_a_value_with_one_command_and_none_with_another(String line) {
        assertThat(called(parse(List.of(new Destroy()), "destroy " + line)))
                .isEqualTo("destroy {--confirm=TOKEN, NAME=a}");
        assertThat(called(parse("unlock --confirm"))).isEqualTo("unlock {--confirm=true}");
    }

    @Test
    void help_says_that_an_option_has_no_variable() {
        assertThat(parse(List.of(new Destroy()), "destroy --help"))
                .isInstanceOfSatisfying(
                        Arguments.Help.class,
                        help -> assertThat(help.text())
                                .containsPattern(
                                        "--confirm=TOKEN +does what was shown under this token\\. \\(no variable\\)")
                                .containsPattern("\\[NAME] +what to destroy\\. \\(no variable\\)"));
    }
}
