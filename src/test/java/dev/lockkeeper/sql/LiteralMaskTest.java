package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralMaskTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select 'secret', 42, -3.5e7             | select ?, ?, -?
            where name = 'O''Brien' and t1.c2 = $1  | where name = ? and t1.c2 = $1
            where a->>'key' = E'it\\'s'              | where a->>? = ?
            U&'x' B'101' X'1F' N'a'                 | ? ? ? ?
            date'2020-01-01'                        | date?
            "Quoted 1" = 'a"b'                      | "Quoted 1" = ?
            do $body$ select 'x' $body$             | do ?
            a$b$ = 1                                | a$b$ = ?
            x::numeric(10,2)                        | x::numeric(?,?)
            select 1/* card 4111 */+2 -- pin 1234   | select ? +?
            update t set c = 'cut off in the mid    | update t set c = ?
            update t set c = $$cut off in the mid   | update t set c = ?
            update t set c = 1 /* cut off 'in       | update t set c = ?
            limit .5 offset 0x1F                    | limit ? offset ?
            for i in 1..10                          | for i in ?..?
            select null, true                       | select null, true
            """)
    void literals_become_question_marks(String sql, String masked) {
        assertThat(LiteralMask.mask(sql).strip()).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "select a  from b"})
    void what_holds_no_literal_stays_as_it_is(String sql) {
        assertThat(LiteralMask.mask(sql)).isEqualTo(sql);
    }
}
