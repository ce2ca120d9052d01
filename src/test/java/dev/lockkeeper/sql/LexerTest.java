package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'it''s'",
                "''",
                "''''",
                "'C:\\'",
                "'-- no comment'",
                "'/* no comment'",
                "'a\nb'",
                "E'\\''",
                "e'\\\\'",
                "E'it''s \\' it'",
                "U&'\\0041'",
                "u&'it''s'",
                "B'101'",
                "X'1F'",
                "N'a'",
                "$$a'b\"c--$$",
                "$a$ $b$ ; $b$ $a$",
                "$body$ $$ ; $$ $body$",
                "$a$ $ab$ a$a $ $a$",
                "$a$ $b$a$",
                "$tag_1$x$tag_1$",
                "$größe$x$größe$"
            })
    void a_string_is_one_token(String sql) {
        assertThat(lex(sql)).containsExactly("STRING " + sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_a1", "a$b$", "größe", "表", "😀", "no\u00a0break", "e", "u", "E1", "select", "x$1"})
    void a_word_is_one_token(String sql) {
        assertThat(lex(sql)).containsExactly("WORD " + sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "\"a\"\"b\"", "\"a;b--c'\"", "U&\"d\\0061t\"", "u&\"a\"\"b\""})
    void a_quoted_name_is_one_token(String sql) {
        assertThat(lex(sql)).containsExactly("QUOTED_NAME " + sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "42",
                "3.5",
                "4.",
                ".001",
                "5e2",
                "1.9E-5",
                "1.e+5",
                "1_500_000",
                "0x1F",
                "0o17",
                "0B01",
                "0xffff_ffff"
            })
    void a_number_is_one_token(String sql) {
        assertThat(lex(sql)).containsExactly("NUMBER " + sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- to the end",
                "--",
                "-- it's",
                "/**/",
                "/* it's */",
                "/* a /* b */ c */",
                "/*/* */*/",
                "/***/",
                "/* -- */",
                "/*/ not closed by that slash */"
            })
    void a_comment_is_one_token(String sql) {
        assertThat(lex(sql)).containsExactly("COMMENT " + sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a; b",
                "E'a\\",
                "E'a\\'",
                "U&'a",
                "$$ a",
                "$a$ b $b$ c$a",
                "\"a ''",
                "/* a /* b */",
                "'a''",
                "E'"
            })
    void what_is_never_closed_reaches_to_the_end(String sql) {
        assertThat(new Lexer(sql).next().end()).isEqualTo(sql.length());
    }

    @Test
    void operators_come_apart_into_symbols_and_let_go_of_strings_and_comments() {
        assertThat(lex("a->>'x'")).containsExactly("WORD a", "SYMBOL -", "SYMBOL >", "SYMBOL >", "STRING 'x'");
        assertThat(lex("e::int")).containsExactly("WORD e", "SYMBOL :", "SYMBOL :", "WORD int");
        assertThat(lex("1+--2")).containsExactly("NUMBER 1", "SYMBOL +", "COMMENT --2");
        assertThat(lex("a*/*b*/c")).containsExactly("WORD a", "SYMBOL *", "COMMENT /*b*/", "WORD c");
        assertThat(lex("a-/**/-b")).containsExactly("WORD a", "SYMBOL -", "COMMENT /**/", "SYMBOL -", "WORD b");
    }

    @Test
    void dollars_are_parameters_parts_of_words_quotes_or_symbols() {
        assertThat(lex("$1,$23")).containsExactly("PARAMETER $1", "SYMBOL ,", "PARAMETER $23");
        assertThat(lex("a$b$ 'x' $b$;$b$")).containsExactly("WORD a$b$", "STRING 'x'", "STRING $b$;$b$");
        assertThat(lex("$1$a$;$a$")).containsExactly("PARAMETER $1", "STRING $a$;$a$");
        assertThat(lex("$a b$")).containsExactly("SYMBOL $", "WORD a", "WORD b$");
        assertThat(lex("$")).containsExactly("SYMBOL $");
    }

    @Test
    void letters_before_a_quote_belong_to_it_only_if_they_are_alone() {
        assertThat(lex("fe'a\\'")).containsExactly("WORD fe", "STRING 'a\\'");
        assertThat(lex("date'2020-01-01'")).containsExactly("WORD date", "STRING '2020-01-01'");
        assertThat(lex("E 'a\\'")).containsExactly("WORD E", "STRING 'a\\'");
        assertThat(lex("u & 'a'")).containsExactly("WORD u", "SYMBOL &", "STRING 'a'");
        assertThat(lex("\"E\"'a\\'")).containsExactly("QUOTED_NAME \"E\"", "STRING 'a\\'");
    }

    @Test
    void a_string_that_continues_one_with_escapes_has_escapes_too() {
        assertThat(lex("E'a'\n'b\\'' ;")).containsExactly("STRING E'a'", "STRING 'b\\''", "SYMBOL ;");
        assertThat(lex("E'a' -- b\n'c\\';'")).containsExactly("STRING E'a'", "COMMENT -- b", "STRING 'c\\';'");
        assertThat(lex("E'a', 'b\\'")).containsExactly("STRING E'a'", "SYMBOL ,", "STRING 'b\\'");
        assertThat(lex("'a'\n'b\\'")).containsExactly("STRING 'a'", "STRING 'b\\'");
    }

    @Test
    void a_number_leaves_what_is_not_its_own() {
        assertThat(lex("1..10")).containsExactly("NUMBER 1", "SYMBOL ..", "NUMBER 10");
        assertThat(lex("1e")).containsExactly("NUMBER 1", "WORD e");
        assertThat(lex("0x")).containsExactly("NUMBER 0", "WORD x");
        assertThat(lex("-1")).containsExactly("SYMBOL -", "NUMBER 1");
        assertThat(lex("t1.c2")).containsExactly("WORD t1", "SYMBOL .", "WORD c2");
    }

    @Test
    void every_kind_of_line_end_closes_a_comment() {
        assertThat(lex("--a\nb")).containsExactly("COMMENT --a", "WORD b");
        assertThat(lex("--a\r\nb")).containsExactly("COMMENT --a", "WORD b");
        assertThat(lex("--a\rb")).containsExactly("COMMENT --a", "WORD b");
    }

    @Test
    void a_byte_order_mark_is_left_out_at_the_start_alone() {
        assertThat(lex("\uFEFFselect")).containsExactly("WORD select");
        assertThat(lex("a \uFEFFb")).containsExactly("WORD a", "WORD \uFEFFb");
    }

    @Test
    void the_end_comes_again_and_again() {
        Lexer lexer = new Lexer(" \t\r\n\f\u000b");

        assertThat(lexer.next().kind()).isEqualTo(TokenKind.END);
        assertThat(lexer.next().kind()).isEqualTo(TokenKind.END);
    }

    @Test
    void keywords_are_recognised_in_ascii_alone() {
        assertThat(new Lexer("CoMmIt").next().is("COMMIT")).isTrue();
        assertThat(new Lexer("\"COMMIT\"").next().is("COMMIT")).isFalse();
        assertThat(new Lexer("commits").next().is("COMMIT")).isFalse();
        // U+017F, whose capital in Unicode is S.
        assertThat(new Lexer("\u017Fystem").next().is("SYSTEM")).isFalse();
    }

    private static List<String> lex(String sql) {
        List<String> tokens = new ArrayList<>();
        Lexer lexer = new Lexer(sql);
        for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
            tokens.add(token.kind() + " " + token.text());
        }
        return tokens;
    }
}
