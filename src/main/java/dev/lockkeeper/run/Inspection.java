package dev.lockkeeper.run;

import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.model.SchemaState;
import java.util.List;
import java.util.Optional;

/**
 * The schema compared with the changelog, read without changing anything.
 *
 * @param rows the history's rows, empty if there is no history
 */
public record Inspection(SchemaState state, Comparison comparison, Optional<List<HistoryRow>> rows) {

    /** The tag of the history's last row. */
    public Optional<String> lastTag() {
        return rows.filter(all -> !all.isEmpty())
                .map(all -> all.get(all.size() - 1))
                .flatMap(row -> Optional.ofNullable(row.tag()));
    }
}
