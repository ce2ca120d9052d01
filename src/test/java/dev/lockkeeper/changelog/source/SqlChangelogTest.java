package dev.lockkeeper.changelog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockkeeper.model.Unread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import liquibase.database.core.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Liquibase's parser of formatted SQL drops, and what looks like that but isn't. */
class SqlChangelogTest {
    private static List<Unread> unread(String text) throws IOException {
        return SqlChangelog.unread(
                new BufferedReader(new StringReader(text)),
                new FileChangeSets("a.sql", List.of(), new PostgresDatabase()));
    }

    private static List<Unread> ofChangeSetLine(String attributes) throws IOException {
        return unread("--liquibase formatted sql\n--changeset team:1 " + attributes + "\nSELECT 1;\n");
    }

    private static List<Unread> of(String lines) throws IOException {
        return unread("--liquibase formatted sql\n--changeset team:1\nCREATE TABLE a (x int);\n" + lines);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    labels: nightly                  | labels:nightly
                    labels : nightly                 | labels:nightly
                    label:nightly                    | labels:nightly
                    label: nightly                   | labels:nightly
                    lables:nightly                   | labels:nightly
                    labels=nightly                   | labels:nightly
                    labels:a, b                      | labels:"a, b"
                    labels:a ,b                      | labels:"a ,b"
                    labels:'a, b'                    | labels:"a, b"
                    labels:"a, b                     | labels:"a, b"
                    labels:nightly;                  | labels:nightly
                    contexts:prod                    | context:prod
                    conext:prod                      | context:prod
                    context=prod                     | context:prod
                    context: prod                    | context:prod
                    CONTEXT: prod                    | context:prod
                    contextFilter: prod              | contextFilter:prod
                    contextfliter:prod               | contextFilter:prod
                    context:prod or test             | context:"prod or test"
                    context:prod and !test           | context:"prod and !test"
                    dbms=postgresql                  | dbms:postgresql
                    dbms:"postgresql"                | dbms:postgresql
                    dbms:postgresql, h2              | dbms:postgresql,h2
                    runInTransaction: false          | runInTransaction:false
                    runInTransation:false            | runInTransaction:false
                    runInTransaction=false           | runInTransaction:false
                    runOnChange: true                | runOnChange:true
                    runOnChange:yes                  | runOnChange:true
                    runsOnChange:true                | runOnChange:true
                    run-on-change:true               | runOnChange:true
                    splitStatement:false             | splitStatements:false
                    splitStatements: false           | splitStatements:false
                    endDelimiter: //                 | endDelimiter://
                    endDelimeter://                  | endDelimiter://
                    failOnErrors:false               | failOnError:false
                    ignore: true                     | ignore:true
                    logicalFilePath: b.sql           | logicalFilePath:b.sql
                    stripComments                    | stripComments:…
                    """)
    void an_attribute_that_is_not_read(String attributes, String meant) throws IOException {
        assertThat(ofChangeSetLine("runAlways:false " + attributes))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.weight()).isEqualTo(Unread.Weight.LOST);
                    assertThat(one.line()).isEqualTo(2);
                    assertThat(one.meant()).contains(meant);
                });
        assertThat(ofChangeSetLine(attributes + " failOnError:true"))
                .extracting(one -> one.meant().orElse(""))
                .containsExactly(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runOnChange:${always}",
                "objectQuotingStrategy:QUOTE_ALL_OBJECTS",
                "ignore:${skip}",
                "dbms:${dbms}",
                "labels:a labels:b"
            })
    void an_attribute_without_a_better_spelling(String attributes) throws IOException {
        assertThat(ofChangeSetLine(attributes)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "labels:a",
                "LABELS:a Context:b",
                "labels:a,b,c context:\"prod and east\"",
                "labels:\"a, b\" dbms:!h2,postgresql",
                "labels:'a'",
                "context:(prod)",
                "context:${contexts} labels:${labels}",
                "contextFilter:prod runOnChange:TRUE failOnError:FALSE",
                "dbms: postgresql",
                "endDelimiter:; rollbackEndDelimiter:/",
                "endDelimiter:\\n\\s*/\\s*\\n|\\n\\s*/\\s*$ stripComments:false",
                "splitStatements:false rollbackSplitStatements:false",
                "runWith:${runner} runWithSpoolFile:spool out.txt",
                "logicalFilePath:path/in/other/project.sql",
                "runOnChange:true, failOnError:false",
                "runInTransaction:no",
                "labels:a -- the night: all of it",
                "labels:a /* conext:x */",
                "# label:x",
                "creates the table of parcels",
                "(JIRA-7: see https://example.org/x?y=1)",
                "PARCEL-7: it was late",
                "https://example.org/parcels"
            })
    void attributes_and_remarks_that_are_as_they_should_be(String attributes) throws IOException {
        assertThat(ofChangeSetLine(attributes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "note:parcels",
                "ticket:PARCEL-7",
                "author:ann",
                "OBJECT_TYPE:SP",
                "context:parcel store",
                "labels:a creates parcels"
            })
    void a_note_is_only_doubtful(String attributes) throws IOException {
        assertThat(ofChangeSetLine(attributes)).extracting(Unread::weight).containsExactly(Unread.Weight.DOUBTFUL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--changset team:2",
                "--change set team:2",
                "-- change-set team:2 labels:x",
                "—changeset team:2",
                "–changeset team:2",
                "---changeset team:2",
                "  -changeset team:2",
                "#changeset team:2",
                "// changeset team:2",
                "--chageset \"the team\":2",
                "--changsets: team:2",
                "--rollbak DROP TABLE a;",
                "--rolback drop table a;",
                "--rollback\tDROP TABLE a;",
                "—rollback DROP TABLE a;",
                "--roll back DROP TABLE a;",
                "--rollbak empty",
                "--precondition onFail:MARK_RAN",
                "--precondtions onFail:MARK_RAN",
                "--preconditions onFail: MARK_RAN",
                "--preconditions onFial:MARK_RAN",
                "--preconditons-sql-check expectedResult:0 SELECT 0",
                "--preconditon-sql-check expectedResult:0 SELECT 0",
                "--preconditions-sql-check expectedResult:0 SELECT 0",
                "--pre-condition-sql-check expectedResult:0 SELECT 0",
                "--precondition sql-check expectedResult:0 SELECT 0",
                "--ignoreLine:start",
                "--ignoreLines: start",
                "--ignore lines:2",
                "--ignoreLines:start ",
                "--propery name:a value:b",
                "--validCheckSum:any",
                "  --validCheckSum: 9:0123456789abcdef0123456789abcdef",
                "--validChecksums: any"
            })
    void a_line_that_was_meant_as_a_directive(String line) throws IOException {
        assertThat(of(line + "\n")).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(4);
            assertThat(one.meant()).isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rollback: DROP TABLE a;", "--labels: nightly", "--context:\"a or b\""})
    void a_line_that_may_be_meant_as_a_directive(String line) throws IOException {
        assertThat(of(line + "\n")).extracting(Unread::weight).containsExactly(Unread.Weight.DOUBTFUL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--runInTransaction:false", "-- splitStatements: false", "--endDelimiter:/"})
    void an_attribute_on_a_line_of_its_own(String line) throws IOException {
        assertThat(of(line + "\n")).extracting(Unread::weight).containsExactly(Unread.Weight.LOST);
    }

    @Test
    void a_precondition_before_the_first_change_set() throws IOException {
        assertThat(unread("--liquibase formatted sql\n--preconditions onFail:HALT\n"
                        + "--precondition-sql-check expectedResult:0 SELECT 0\n--changeset team:1\nSELECT 1;\n"))
                .extracting(Unread::line)
                .containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- changes of the year: all",
                "-- labels: a, b and c",
                "-- context: see above",
                "-- endDelimiter is a slash",
                "-- changeset",
                "-- change a:b to c",
                "-- changes a:b",
                "-- change set of parcels: the old ones",
                "-- rollback is not possible here",
                "-- rollbacks are rare",
                "-- fallback: UPDATE by hand",
                "--rollback",
                "-- rolled back: drop",
                "-- precondition: the table is empty",
                "-- preconditions are checked by hand",
                "-- ignore lines below",
                "-- properties have name: and value",
                "-- property of the company",
                "-- comments are welcome",
                "-- check sums are valid",
                "-- liquibase reads this",
                "--------------------------------------------",
                "-- =========== parcels: weights ============",
                "/* change set: parcels */",
                "/** changes a:b */",
                "--rollback DROP TABLE a;",
                "  --  ROLLBACK drop table a;",
                "--comment: creates a",
                "--preconditions onFail:MARK_RAN onError:HALT onFailMessage:\"not now: wait\"",
                "--precondition-sql-check expectedResult:0 SELECT count(*) FROM a",
                "--validCheckSum: any",
                "--property name:a value:b",
                "--ignoreLines:1\n--ignored",
                "/* liquibase rollback\nDROP TABLE a;\n*/",
                "#>> '{a,b}'",
                "- 1 changeset a"
            })
    void an_ordinary_line(String line) throws IOException {
        assertThat(of(line + "\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO a VALUES ('\n%s\n');",
                "INSERT INTO a VALUES (E'it\\'s\n%s\n');",
                "INSERT INTO a VALUES ('it''s -- here\n%s\n');",
                "INSERT INTO a VALUES ($$\n%s\n$$);",
                "SELECT $t$ it's\n%s\n$t$;",
                "CREATE TABLE \"a\n%s\nb\" (x int);",
                "DO $$ BEGIN EXECUTE '\n%s\n'; END $$;",
                "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $f$ SELECT '\n%s\n' $f$;"
            })
    void a_line_of_a_literal_that_looks_like_a_directive(String sql) throws IOException {
        for (String line : List.of(
                "--rollback DROP TABLE a",
                "-- rollback empty",
                "--comment: note",
                "--validCheckSum: any",
                "--preconditions",
                "--property name:x value:y",
                "--changeset team:2")) {
            assertThat(of(sql.formatted(line)))
                    .extracting(Unread::line)
                    .as(line)
                    .containsExactly(5);
        }
        assertThat(of(sql.formatted("-- an ordinary line"))).isEmpty();
        assertThat(of(sql.formatted("--rollback"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO a VALUES ('one -- two');",
                "SELECT 1; -- it's a comment",
                "/* it's a comment */",
                "/* a /* nested ' */ comment\n*/",
                "SELECT 'it''s', E'it\\'s', U&'d!0061' UESCAPE '!', \"a'b\";",
                "SELECT $1, a$b$c, $$it's$$, $x$ $$ ' $x$;",
                "DO $$ -- it's\nBEGIN NULL; END $$;",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$\nBEGIN\n-- it's\nNULL;\nEND $body$;"
            })
    void a_directive_after_a_closed_literal(String sql) throws IOException {
        assertThat(of(sql + "\n--rollback DROP TABLE a\n")).isEmpty();
    }

    @Test
    void a_comment_in_a_function_body_does_nothing_anyway() throws IOException {
        String body = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n%s\nNULL;\nEND $$;\n";
        assertThat(of(body.formatted("-- comment on what follows"))).isEmpty();
        assertThat(of(body.formatted("--rollback DROP TABLE a;")))
                .extracting(Unread::weight)
                .containsExactly(Unread.Weight.DOUBTFUL);
        assertThat(of(body.formatted("--changeset team:2"))).hasSize(1);
    }

    @Test
    void a_change_set_in_a_block_comment() throws IOException {
        assertThat(of("/*\n--changeset team:2\nDROP TABLE a;\n*/\n--changeset team:3\nSELECT 1;\n"))
                .singleElement()
                .satisfies(one -> assertThat(one.toString()).contains("a.sql:5", "team:2", "block comment"));
    }

    @Test
    void sql_before_the_first_change_set() throws IOException {
        String text = """
                --liquibase formatted sql
                -- a comment
                /* another
                   one */
                --property name:a value:b
                --ignoreLines:start
                not read
                --ignoreLines:end

                CREATE TABLE a (x int);
                SELECT 1;
                --changeset team:1
                SELECT 1;
                """;
        assertThat(unread(text)).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(10);
            assertThat(one.what()).contains("to 11");
        });
        assertThat(unread(text.replace("CREATE TABLE a (x int);\nSELECT 1;\n--ch", "--ch")))
                .isEmpty();
    }

    @Test
    void a_misspelt_first_change_set_explains_the_sql_below_it() throws IOException {
        assertThat(unread("--liquibase formatted sql\n--changset team:1\nSELECT 1;\n--changeset team:2\nSELECT 2;\n"))
                .extracting(Unread::line, one -> one.meant().orElse(""))
                .containsExactly(tuple(2, "--changeset team:1"));
    }

    @Test
    void a_file_of_sql_without_a_change_set() throws IOException {
        assertThat(unread("--liquibase formatted sql\nCREATE TABLE a (x int);\n"))
                .extracting(Unread::weight)
                .containsExactly(Unread.Weight.NEVER_RUN);
        assertThat(unread("--liquibase formatted sql\n-- nothing yet\n")).isEmpty();
    }

    @Test
    void lines_that_are_ignored_to_the_end_of_the_file() throws IOException {
        assertThat(of("--ignoreLines:start\nDROP TABLE a;\n"))
                .extracting(Unread::weight)
                .containsExactly(Unread.Weight.DOUBTFUL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--liquibase formated sql\nSELECT 1;",
                "--liquibas formatted sql\nSELECT 1;",
                "-- liquibase-formatted sql\nSELECT 1;",
                "SELECT 1;\n--changeset team:1\nSELECT 2;",
                "-- our licence\n--liquibase formatted sql\n--changeset team:1\nSELECT 1;"
            })
    void a_plain_file_that_was_written_as_formatted_sql(String text) throws IOException {
        assertThat(PlainSql.unread(new BufferedReader(new StringReader(text)), "a.sql", Optional.empty()))
                .hasSize(1);
    }

    @Test
    void a_plain_file() throws IOException {
        String text = "-- run by liquibase\n-- changes: none\nSELECT 1;\n-- changeset of parcels\n";
        assertThat(PlainSql.unread(new BufferedReader(new StringReader(text)), "a.sql", Optional.empty()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- Change set 4: orders",
                "-- change set 6: something else",
                "/* changeset foo:bar in a block comment */",
                "--rollbacks: drop table x",
                "-- Changelog: bob: fix",
                "-- runOnChange: no",
                "-- endDelimiter: //"
            })
    void prose_is_never_a_loss(String line) throws IOException {
        assertThat(of(line + "\n")).extracting(Unread::weight).doesNotContain(Unread.Weight.LOST);
        assertThat(PlainSql.unread(
                        new BufferedReader(new StringReader(line + "\nSELECT 1;\n")), "a.sql", Optional.empty()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adds the context column",
                "labels:jira-1 adds the labels table",
                "reviewed-by:alice",
                "jira-id:ABC-1",
                "time:10:00",
                "ref:#12"
            })
    void a_teams_own_tags_and_words_are_no_loss(String behind) throws IOException {
        assertThat(ofChangeSetLine(behind)).extracting(Unread::weight).doesNotContain(Unread.Weight.LOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $x$ begin raise notice $m$it's done$m$; end $x$;",
                "create function f() returns text language sql as $a$ select $b$\"$b$ $a$;",
                "select 1 where 'a' LIKE'C:\\';",
                "DO LANGUAGE 'plpgsql' $$ begin\n-- rollback is done by hand\nend $$;"
            })
    void a_literal_that_is_closed_hides_nothing(String sql) throws IOException {
        assertThat(of(sql + "\n--rollback drop function f;\n--changeset team:2\nSELECT 2;\n"))
                .extracting(Unread::weight)
                .doesNotContain(Unread.Weight.LOST);
    }
}
