package dev.lockkeeper.changelog.source;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Unread;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** Goes over a file of formatted SQL as Liquibase's parser does, line by line, and notes what that drops. */
final class SqlChangelog {
    private static final String IGNORED_TO = "end";

    private final FileChangeSets changeSets;
    private final List<Unread> unread = new ArrayList<>();
    private final OpenText open = new OpenText();
    private int number;
    private boolean inChangeSet;
    private Optional<ChangeSetId> current = Optional.empty();
    private boolean foreign;

    private final SqlBefore before = new SqlBefore();

    private SqlChangelog(FileChangeSets changeSets) {
        this.changeSets = changeSets;
    }

    /** Empty for a file that isn't formatted SQL: the body of a procedure, for instance. */
    static List<Unread> unread(BufferedReader text, FileChangeSets changeSets) throws IOException {
        SqlChangelog changelog = new SqlChangelog(changeSets);
        String line = text.readLine();
        while (line != null && line.isBlank()) {
            changelog.number++;
            line = text.readLine();
        }
        if (line == null || !SqlDirective.HEADER.matcher(line).matches()) {
            return List.of();
        }
        while (line != null) {
            changelog.number++;
            changelog.read(line, text);
            line = text.readLine();
        }
        changelog.endOutside(Optional.empty());
        return changelog.unread;
    }

    private void read(String line, BufferedReader text) throws IOException {
        Optional<SqlDirective> directive = SqlDirective.of(line);
        if (directive.isEmpty()) {
            ordinary(line);
            return;
        }
        noteTakenOut(line, directive.get());
        switch (directive.get()) {
            case CHANGE_SET -> begin(line);
            case IGNORE_LINES -> ignore(line, text);
            case ROLLBACK_BLOCK -> skipBlock(line, text);
            case PRECONDITIONS -> preconditions(line);
            case PRECONDITION -> precondition(line);
            default -> {}
        }
    }

    private void begin(String line) {
        Matcher matcher = SqlDirective.CHANGE_SET.pattern().matcher(line);
        if (!matcher.matches()) {
            return;
        }
        current = changeSets.find(matcher.group(1), matcher.group(2));
        endOutside(current);
        inChangeSet = true;
        foreign = current.filter(changeSets::isForAnotherDatabase).isPresent();
        open.clear();
        AttributeLine.findings(line, matcher.end(2), Attribute.OF_CHANGE_SET).forEach(this::add);
    }

    /** A directive inside something that isn't a place for one. */
    private void noteTakenOut(String line, SqlDirective directive) {
        if (!inChangeSet || foreign) {
            return;
        }
        boolean begins = directive == SqlDirective.CHANGE_SET;
        OpenText.Kind kind = open.kind();
        String shown = "\"" + Shown.of(line) + "\" ";
        if (kind == OpenText.Kind.DATA || (begins && kind == OpenText.Kind.CODE)) {
            add(Finding.lost(shown + "is inside a literal or function body, and Liquibase "
                    + (begins ? "begins a change set with it" : "takes it out as a directive of its own")
                    + ": write it so that no line begins like a directive"));
        } else if (kind == OpenText.Kind.COMMENT && begins) {
            add(Finding.lost(shown + "is inside a block comment, but Liquibase begins a change set with it: use"
                    + " --ignoreLines:start and --ignoreLines:end around what isn't to run"));
        } else if (kind == OpenText.Kind.CODE
                && directive != SqlDirective.COMMENT
                && directive != SqlDirective.IGNORE_LINES) {
            add(Finding.doubtful(shown + "is inside a function body, and Liquibase takes it out as a directive of the"
                    + " change set"));
        }
    }

    /** {@code --ignoreLines:start} to {@code --ignoreLines:end}, or a number of lines. */
    private void ignore(String line, BufferedReader text) throws IOException {
        Matcher matcher = SqlDirective.IGNORE_LINES.pattern().matcher(line);
        if (!matcher.matches()) {
            return;
        }
        if (!matcher.group(1).equals("start")) {
            skip(matcher.group(1), text);
            return;
        }
        int start = number;
        String next = text.readLine();
        while (next != null) {
            number++;
            Matcher end = SqlDirective.IGNORE_LINES.pattern().matcher(next);
            if (end.matches() && end.group(1).equals(IGNORED_TO)) {
                return;
            }
            next = text.readLine();
        }
        unread.add(Finding.doubtful("--ignoreLines:start has no --ignoreLines:end, so the rest of the file isn't read")
                .at(changeSets.file(), start, current));
    }

    private void skip(String count, BufferedReader text) throws IOException {
        try {
            for (long left = Long.parseLong(count); left > 0 && text.readLine() != null; left--) {
                number++;
            }
        } catch (NumberFormatException e) {
            // Liquibase has refused the file.
        }
    }

    private void skipBlock(String line, BufferedReader text) throws IOException {
        if (!inChangeSet) {
            open.read(line);
            return;
        }
        String next = text.readLine();
        while (next != null) {
            number++;
            if (next.stripTrailing().endsWith(SqlDirective.BLOCK_END)) {
                return;
            }
            next = text.readLine();
        }
    }

    private void precondition(String line) {
        if (!inChangeSet) {
            add(Finding.lost("\"" + Shown.of(line) + "\" stands before the first --changeset, and isn't checked"));
        }
    }

    private void preconditions(String line) {
        Matcher matcher = SqlDirective.PRECONDITIONS.pattern().matcher(line);
        if (!inChangeSet || !matcher.matches()) {
            return;
        }
        if (matcher.group(1).matches("(?i)[-\\s]*(?:sql-check|table-exists|view-exists).*")) {
            add(Finding.lost(
                    "\"" + Shown.of(line) + "\" is read as --preconditions, without the check",
                    "--precondition-sql-check"));
            return;
        }
        AttributeLine.findings(line, matcher.start(1), Attribute.OF_PRECONDITIONS)
                .forEach(this::add);
    }

    private void ordinary(String line) {
        OpenText.Kind kind = open.kind();
        Optional<MisspeltDirective.Meant> meant =
                kind == OpenText.Kind.NONE ? MisspeltDirective.of(line) : Optional.empty();
        meant.ifPresent(one -> add(one.finding(line)));
        if (inChangeSet && kind == OpenText.Kind.NONE) {
            AttributeOfItsOwn.finding(line).ifPresent(this::add);
        }
        if (!inChangeSet) {
            before.read(line, number, kind, meant);
        }
        open.read(line);
    }

    /** SQL before the first change set belongs to that one; in a file without any, to the file. */
    private void endOutside(Optional<ChangeSetId> next) {
        if (!inChangeSet) {
            unread.replaceAll(one -> one.of(next));
            before.finding()
                    .ifPresent(finding -> unread.add(finding.at(changeSets.file(), before.line(), Optional.empty())
                            .of(next)));
        }
    }

    private void add(Finding finding) {
        unread.add(finding.at(changeSets.file(), number, current));
    }
}
