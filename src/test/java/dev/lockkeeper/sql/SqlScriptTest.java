package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    private static final int LARGE = 1_000_000;

    @Test
    void statements_end_at_semicolons() {
        assertThat(split("select 1; select 2 ;\nselect 3")).containsExactly("select 1", "select 2", "select 3");
        assertThat(split("select 1;\r\nselect 2;\r\n")).containsExactly("select 1", "select 2");
    }

    @Test
    void comments_go_from_the_head_and_stay_inside() {
        assertThat(split("-- why; not\n/* a; */ select /* b; */ 1 -- c;\n; select 2"))
                .containsExactly("select /* b; */ 1 -- c;", "select 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ";", ";;\n;", "-- nothing", "/* nothing; */ ; -- at all", "\uFEFF", "\uFEFF--a", "/* a"
            })
    void what_holds_no_statement_is_empty(String text) {
        assertThat(split(text)).isEmpty();
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_statement() {
        assertThat(split("\uFEFFselect 1; select 2")).containsExactly("select 1", "select 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select 'it''s;'",
                "select E'\\';'",
                "select U&'\\003B;'",
                "select \";\"",
                "select \"a\"\";\"",
                "select $$;$$",
                "do $a$ begin; $b$;$b$ $$;$$ end $a$",
                "select /* ; /* ; */ ; */ 1",
                "select 1 -- it's\n, 2",
                "select '--', ';'",
                "select '/*', ';', '*/'",
                "select a$b$, ';', c$b$",
                "prepare p as select $1, ';', $2",
                "select 'C:\\', ';'",
                "select a->>'x;', b::text, e'\\\\;'",
                "create rule r as on insert to t do also (insert into a values (1); insert into b values (2))"
            })
    void a_semicolon_in_quotes_comments_or_parentheses_ends_nothing(String statement) {
        assertThat(split(statement + "; select 2")).containsExactly(statement, "select 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create function f() returns int begin atomic select 1; select 2; end",
                "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END",
                "create procedure p(begin int) begin /* x; */ atomic insert into a values (1); delete from b; end",
                "create or replace procedure p() begin atomic end",
                "create function f() returns int begin atomic select case when a then 1 else 2 end; select 2; end",
                "create function f() returns int begin atomic select case case a when 1 then 2 end when 2 then 3 end; end",
                "create function f() returns int begin atomic select (case when a then 1 end), b; select 3; end",
                "create function f() returns int begin atomic select t.end, 1 as end, t.case, 2 as case from t; select 2; end",
                "create function f() returns int begin atomic select x end from t; select 1 end; select 2; end",
                "create function f() returns int begin atomic select case x when 1 then 2 end end, y case from t; end",
                "create function f() returns int begin atomic select (select 1) /* it */ end; end",
                "create function f() returns int begin atomic select \"case\", 'case' -- case\n; select 2; end"
            })
    void a_semicolon_in_an_atomic_body_ends_nothing(String statement) {
        assertThat(split(statement + "; select 2;")).containsExactly(statement, "select 2");
    }

    @Test
    void only_a_routine_has_an_atomic_body() {
        assertThat(split("begin atomic; select 1; end")).containsExactly("begin atomic", "select 1", "end");
        assertThat(split("begin; create function f() returns int as 'a' language sql; end"))
                .containsExactly("begin", "create function f() returns int as 'a' language sql", "end");
        assertThat(split("create table function (begin int); select case when a then 1 end; end"))
                .containsExactly("create table function (begin int)", "select case when a then 1 end", "end");
    }

    @Test
    void each_statement_starts_outside_of_what_the_last_one_opened() {
        String body = "create function f() returns int begin atomic select 1; end";

        assertThat(split(body + ";" + body + "; select 1; select 2"))
                .containsExactly(body, body, "select 1", "select 2");
    }

    @Test
    void a_parenthesis_too_many_is_left_to_the_server() {
        assertThat(split("select 1); select (2); select 3")).containsExactly("select 1)", "select (2)", "select 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a; b;",
                "select \"a; b;",
                "select $$a; b;",
                "select $a$; $b$;",
                "select 1 /* a; /* b; */ c;",
                "select E'a\\';"
            })
    void what_is_never_closed_takes_the_rest_into_the_last_statement(String open) {
        assertThat(split("select 1; " + open)).containsExactly("select 1", open);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t values (1, 'a');\n",
                "/* ",
                "/**/",
                "'a",
                "''",
                "E'\\'",
                "E''\n''",
                "\"a",
                "$a$",
                "$a",
                "$a$ $b",
                "$$",
                "(",
                ");",
                ";",
                "--\n",
                "1.",
                "create function f() begin atomic case ",
                "a ",
                "a",
                "\n"
            })
    void time_is_linear_whatever_the_text_repeats(String part) {
        String text = part.repeat(LARGE / part.length());

        SqlScript script = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> SqlScript.parse(text));

        assertThat(script.statements().stream().mapToInt(s -> s.text().length()).sum())
                .isLessThanOrEqualTo(LARGE);
    }

    private static List<String> split(String text) {
        return SqlScript.parse(text).statements().stream()
                .map(SqlStatement::text)
                .toList();
    }
}
