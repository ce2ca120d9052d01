package dev.lockkeeper.differential;

import liquibase.change.custom.CustomSqlChange;
import liquibase.database.Database;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.UpdateStatement;

/** A change in Java, as a changelog may name one. */
public final class SampleChange implements CustomSqlChange {
    private String value = "";

    public void setValue(String value) {
        this.value = value;
    }

    @Override
    public SqlStatement[] generateStatements(Database database) {
        return new SqlStatement[] {
            new UpdateStatement(null, null, "plain").addNewColumnValue("y", Integer.valueOf(value))
        };
    }

    @Override
    public String getConfirmationMessage() {
        return "updated";
    }

    @Override
    public void setUp() {
        // Nothing to prepare.
    }

    @Override
    public void setFileOpener(ResourceAccessor files) {
        // Reads no file.
    }

    @Override
    public ValidationErrors validate(Database database) {
        return new ValidationErrors();
    }
}
