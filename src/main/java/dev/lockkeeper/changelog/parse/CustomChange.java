package dev.lockkeeper.changelog.parse;

import java.util.Optional;
import liquibase.Scope;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.database.Database;
import liquibase.exception.CustomChangeException;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Liquibase's {@code customChange}, except that a class that isn't found doesn't end the parsing with nothing but its name: the
 * checks then report all such classes with their change sets. Found by Liquibase through the service loader.
 */
@DatabaseChange(
        name = "customChange",
        description = "Runs a class of the changelog's own",
        priority = ChangeMetaData.PRIORITY_DEFAULT + 1)
public final class CustomChange extends CustomChangeWrapper {
    private @Nullable String missing;

    @Override
    public CustomChangeWrapper setClass(String name) throws CustomChangeException {
        try {
            return super.setClass(name);
        } catch (CustomChangeException e) {
            if (exists(name)) {
                throw e;
            }
            missing = name;
        } catch (LinkageError e) {
            missing = name + " (or what it needs: " + e.getMessage() + ")";
        }
        return this;
    }

    @Override
    public void customLoadLogic(ParsedNode node, ResourceAccessor files) throws ParsedNodeException {
        if (missing == null) {
            super.customLoadLogic(node, files);
        }
    }

    /** As Liquibase's own has it. A class that doesn't say so itself gets a warning for each change set. */
    @Override
    public boolean supports(Database database) {
        return super.supports(database);
    }

    /** The name of its class, if there is no such class. */
    Optional<String> missing() {
        // Liquibase 5 looks for the class only when it is used.
        String name = getClassName();
        boolean notLoaded = missing == null && getCustomChange() == null && name != null;
        return Optional.ofNullable(notLoaded && !exists(name) ? name : missing);
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, Scope.getCurrentScope().getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
