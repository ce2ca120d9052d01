package dev.lockkeeper.differential;

import liquibase.database.Database;
import liquibase.exception.CustomPreconditionErrorException;
import liquibase.exception.CustomPreconditionFailedException;
import liquibase.exception.DatabaseException;
import liquibase.precondition.CustomPrecondition;
import liquibase.snapshot.InvalidExampleException;
import liquibase.snapshot.SnapshotGeneratorFactory;
import liquibase.structure.core.Table;

/** A precondition in Java, as a changelog may name one: that a table exists. */
public final class SamplePrecondition implements CustomPrecondition {
    private String table = "";

    public void setTable(String table) {
        this.table = table;
    }

    @Override
    public void check(Database database) throws CustomPreconditionFailedException, CustomPreconditionErrorException {
        try {
            if (!SnapshotGeneratorFactory.getInstance().has(new Table().setName(table), database)) {
                throw new CustomPreconditionFailedException("no table " + table);
            }
        } catch (DatabaseException | InvalidExampleException e) {
            throw new CustomPreconditionErrorException(table, e);
        }
    }
}
