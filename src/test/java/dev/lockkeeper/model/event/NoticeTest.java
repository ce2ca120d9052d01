package dev.lockkeeper.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTest {
    @ParameterizedTest
    @CsvSource({
        "WARNING,01000,WARN",
        // There is already a transaction in progress.
        "WARNING,25001,WARN",
        "WARNING,,WARN",
        "WARNUNG,01000,WARN",
        "ADVERTENCIA,01007,WARN",
        "NOTICE,00000,INFO",
        // The relation already exists, skipping.
        "HINWEIS,42P07,INFO",
        "INFO,00000,INFO",
        "LOG,,INFO"
    })
    void a_warning_is_one_in_every_language_of_the_server(String severity, String sqlState, Event.Level level) {
        assertThat(new ConnectionEvent.Notice(severity, sqlState, "said", Optional.empty()).level())
                .isEqualTo(level);
    }
}
