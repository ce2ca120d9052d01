package dev.lockkeeper.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A changelog on two databases, ours and theirs. Each pass runs it on both; afterwards they must be alike, and whoever comes
 * next to the other's database must find nothing to do.
 */
final class Trial implements AutoCloseable {
    private final TestDatabase ours = TestDatabase.create();
    private final TestDatabase theirs = TestDatabase.create();
    private final Side lockkeeper;
    private final Side plain;
    private final String name;
    private int runs;

    /** @param root the root file, relative to the folder */
    Trial(String name, Path folder, String root) throws SQLException {
        this.name = name;
        this.lockkeeper = new Side.Lockkeeper(folder, root);
        this.plain = new Side.PlainLiquibase(folder, root);
        for (TestDatabase one : List.of(ours, theirs)) {
            one.execute("CREATE SCHEMA other");
        }
    }

    /** How many runs there were, of either. */
    int runs() {
        return runs;
    }

    /** Compares what is pending, applies it, and compares what is there then. */
    Trial run(Pass pass) throws Exception {
        String before = Snapshot.of(ours);
        if (pass.ending() != Pass.Ending.REFUSED) {
            samePending(pass, pass.name() + ", before", ours, theirs);
        }
        apply(pass, ours, theirs);
        alike(pass.name());
        switch (pass.ending()) {
            case DONE -> nothingLeftForTheOther(pass);
            case FAILED -> samePending(pass, pass.name() + ", after", theirs, ours);
            case REFUSED -> assertThat(Snapshot.of(ours)).as(about(pass.name())).isEqualTo(before);
        }
        return this;
    }

    private void apply(Pass pass, TestDatabase forUs, TestDatabase forThem) throws Exception {
        runs += 2;
        check(pass, "we", lockkeeper.update(forUs, pass));
        check(pass, "plain Liquibase", plain.update(forThem, pass));
    }

    private void check(Pass pass, String who, Side.End end) {
        String about = about(pass.name()) + ", " + who + ":\n" + end.words();
        assertThat(end.done()).as(about).isEqualTo(pass.ending() == Pass.Ending.DONE);
        assertThat(end.refused()).as(about).isEqualTo(pass.ending() == Pass.Ending.REFUSED);
    }

    /** Each runs on the other's database. Only what always runs may run again, and so it does on both. */
    private void nothingLeftForTheOther(Pass pass) throws Exception {
        samePending(pass, pass.name() + ", the other's", theirs, ours);
        apply(pass, theirs, ours);
        alike(pass.name() + ", after the other's second run");
    }

    private void samePending(Pass pass, String when, TestDatabase forUs, TestDatabase forThem) throws Exception {
        List<String> listed = plain.pending(forThem, pass);
        List<String> left = WantedDifference.ofOurs(lockkeeper.pending(forUs, pass), listed);
        assertThat(difference(left, WantedDifference.ofPlain(listed)))
                .as(about(when))
                .isEmpty();
    }

    private void alike(String when) throws SQLException {
        assertThat(difference(
                        Snapshot.of(ours).lines().toList(),
                        Snapshot.of(theirs).lines().toList()))
                .as(about(when))
                .isEmpty();
    }

    /** The lines that only one of them has, because there are many. */
    private static List<String> difference(List<String> left, List<String> right) {
        if (left.equals(right)) {
            return List.of();
        }
        List<String> difference = new ArrayList<>();
        left.stream()
                .filter(line -> !right.contains(line))
                .map(line -> "\nours:   " + line)
                .forEach(difference::add);
        right.stream()
                .filter(line -> !left.contains(line))
                .map(line -> "\ntheirs: " + line)
                .forEach(difference::add);
        return difference.isEmpty() ? List.of("the order of lines") : difference;
    }

    private String about(String when) {
        return name + ", " + when;
    }

    @Override
    public void close() throws SQLException {
        ours.close();
        theirs.close();
    }
}
