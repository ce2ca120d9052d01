package dev.lockkeeper.changelog.source;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Unread;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A file that Liquibase ran as one piece of SQL, although its lines were written for formatted SQL. */
final class PlainSql {
    private PlainSql() {}

    static List<Unread> unread(BufferedReader text, String file, Optional<ChangeSetId> changeSet) throws IOException {
        int number = 0;
        String line = text.readLine();
        while (line != null) {
            number++;
            if (MisspeltDirective.marksFormattedSql(line)) {
                return List.of(Finding.lost("\"" + Shown.of(line)
                                + "\" is only a comment, and the whole file is one change set: the"
                                + " first line that isn't empty has to be \"--liquibase formatted sql\"")
                        .at(file, number, changeSet));
            }
            line = text.readLine();
        }
        return List.of();
    }
}
