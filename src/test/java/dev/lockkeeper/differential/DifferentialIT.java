package dev.lockkeeper.differential;

import dev.lockkeeper.differential.Pass.Ending;
import dev.lockkeeper.fixture.LargeChangelog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changelogs that cover all that Liquibase can do, each run by us and by plain Liquibase, with edits, other contexts and other
 * labels in between: same pending list, same schema, same rows, same history, and each reads the other's.
 */
@Tag("anywhere")
class DifferentialIT {
    /** How many random changelogs, and, if more than one, everything else in all formats. */
    private static final int ROUNDS = Integer.getInteger("differential.rounds", 1);

    private static final List<Rendering> NOT_SQL = List.of(Rendering.XML, Rendering.YAML, Rendering.JSON);

    @TempDir
    private Path folder;

    static List<Rendering> formatsOfChanges() {
        return ROUNDS > 1 ? NOT_SQL : List.of(Rendering.XML);
    }

    static List<Rendering> formatsOfAttributes() {
        return ROUNDS > 1 ? List.of(Rendering.values()) : List.of(Rendering.YAML, Rendering.SQL);
    }

    static List<Rendering> formatsOfPreconditions() {
        return ROUNDS > 1 ? NOT_SQL : List.of(Rendering.JSON);
    }

    @ParameterizedTest
    @MethodSource("formatsOfChanges")
    void every_change_type(Rendering format) throws Exception {
        Cases.copy("changes", folder);
        try (Trial trial = trial("changes", format, Cases.root("changes"))) {
            trial.run(Pass.of("first").contexts("go"));
            trial.run(Pass.of("stopped").contexts("stop").ending(Ending.FAILED));
        }
    }

    @ParameterizedTest
    @MethodSource("formatsOfAttributes")
    void every_attribute_of_a_change_set(Rendering format) throws Exception {
        String yaml = Cases.root("attributes");
        try (Trial trial = trial("attributes", format, yaml)) {
            trial.run(Pass.of("contexts and labels").contexts("one").labels("red"));
            trial.run(Pass.of("another context").contexts("two"));
            String edited = yaml.replace("WHERE n > 0", "WHERE n > 1").replace("IS 'log'", "IS 'logs'");
            write(format, edited);
            trial.run(Pass.of("edited"));
            write(format, edited.replace("'two or three'", "'edited'"));
            trial.run(Pass.of("refused").ending(Ending.REFUSED));
        }
    }

    @ParameterizedTest
    @MethodSource("formatsOfPreconditions")
    void every_precondition(Rendering format) throws Exception {
        try (Trial trial = trial("preconditions", format, Cases.root("preconditions"))) {
            trial.run(Pass.of("first").parameters(Map.of("file", root(format))));
        }
    }

    @Test
    void an_application_in_the_style_of_spring_boot() throws Exception {
        Cases.copy("service/first", folder);
        try (Trial trial = new Trial("service", folder, "db/changelog/master.yaml")) {
            trial.run(Pass.of("production").contexts("prod").labels("!views"));
            trial.run(Pass.of("test").contexts("test, faker"));
            Cases.copy("service/edit", folder);
            trial.run(Pass.of("edited").contexts("prod"));
            Cases.copy("service/refused", folder);
            trial.run(Pass.of("refused").contexts("prod").ending(Ending.REFUSED));
        }
    }

    @Test
    void an_old_platform_with_releases_and_routines() throws Exception {
        Cases.copy("platform/first", folder);
        try (Trial trial = new Trial("platform", folder, "changelog.xml")) {
            trial.run(Pass.of("without data").contexts("prod").labels("!fix"));
            trial.run(Pass.of("with data").contexts("data").parameters(Map.of("owner", "them")));
            Cases.copy("platform/edit", folder);
            trial.run(Pass.of("edited").contexts("data"));
            Cases.copy("platform/refused", folder);
            trial.run(Pass.of("refused").contexts("data").ending(Ending.REFUSED));
        }
    }

    @Test
    void tenants_with_parameters_and_a_change_set_that_fails() throws Exception {
        Map<String, String> parameters = Map.of("tenant", "north", "prefix", "n_");
        Cases.copy("tenants/first", folder);
        try (Trial trial = new Trial("tenants", folder, "root.json")) {
            trial.run(Pass.of("common").contexts("common").parameters(parameters));
            trial.run(Pass.of("tenant").contexts("tenant").parameters(parameters));
            Cases.copy("tenants/edit", folder);
            trial.run(
                    Pass.of("failing").contexts("tenant").parameters(parameters).ending(Ending.FAILED));
            Cases.copy("tenants/fixed", folder);
            trial.run(Pass.of("fixed").contexts("tenant").parameters(parameters));
            Cases.copy("tenants/refused", folder);
            trial.run(
                    Pass.of("refused").contexts("tenant").parameters(parameters).ending(Ending.REFUSED));
        }
    }

    @Test
    @Tag("long")
    void a_large_changelog_in_two_passes() throws Exception {
        LargeChangelog.write(folder);
        try (Trial trial = new Trial("large", folder, LargeChangelog.ROOT)) {
            trial.run(Pass.of("production").contexts("prod").labels("!heavy"));
            trial.run(Pass.of("demo").contexts("test, demo"));
        }
    }

    /** {@code -Ddifferential.rounds=50}, and {@code -Ddifferential.seed=…} to repeat one. */
    @Test
    void random_changelogs() throws Exception {
        long seed = Long.getLong("differential.seed", System.nanoTime());
        System.out.printf("differential.seed %d, rounds %d%n", seed, ROUNDS);
        for (int round = 0; round < ROUNDS; round++) {
            randomChangelog(seed + round, Files.createDirectories(folder.resolve("round" + round)));
        }
    }

    private static void randomChangelog(long seed, Path folder) throws Exception {
        Generated changelog = new Generated(seed);
        changelog.write(folder);
        try (Trial trial = new Trial("seed " + seed, folder, "root.yaml")) {
            trial.run(changelog.pass("first"));
            trial.run(changelog.pass("others chosen"));
            changelog.grow();
            changelog.write(folder);
            trial.run(changelog.pass("grown"));
            changelog.spoil();
            changelog.write(folder);
            trial.run(changelog.pass("refused").ending(Ending.REFUSED));
        }
    }

    private Trial trial(String name, Rendering format, String yaml) throws Exception {
        write(format, yaml);
        return new Trial(name + " as " + format, folder, root(format));
    }

    private void write(Rendering format, String yaml) throws Exception {
        Files.writeString(folder.resolve(root(format)), format.of(yaml));
    }

    private static String root(Rendering format) {
        return "root." + format.extension();
    }
}
