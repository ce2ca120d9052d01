package dev.lockkeeper.changelog.apply;

import liquibase.exception.DatabaseException;

/** What happens to the transaction when Liquibase asks for a commit or a rollback. */
enum CommitPolicy {
    /** Both are carried out as asked: no change set is open, or it runs outside a transaction. */
    AS_ASKED {
        @Override
        void commit(Transaction transaction) throws DatabaseException {
            transaction.commitNow();
        }
    },

    /** A change set's SQL is committed with its history row. */
    WITH_HISTORY_ROW {
        @Override
        void commit(Transaction transaction) {
            // The history row's own commit ends the transaction.
        }
    },

    /**
     * The same for a change set whose failure may be ignored: a deferred constraint has to fail before the row is
     * written.
     */
    WITH_HISTORY_ROW_CHECKED {
        @Override
        void commit(Transaction transaction) throws DatabaseException {
            transaction.checkDeferredConstraints();
        }
    },

    /** Nothing is committed until the caller says so. Liquibase's rollback at the end of every command is ignored. */
    ALL_AT_ONCE {
        @Override
        void commit(Transaction transaction) {
            // The caller commits.
        }

        @Override
        void rollback(Transaction transaction) {
            // The caller rolls back.
        }
    };

    /** What a policy may do to the transaction. */
    interface Transaction {
        void commitNow() throws DatabaseException;

        void rollbackNow() throws DatabaseException;

        void checkDeferredConstraints() throws DatabaseException;
    }

    abstract void commit(Transaction transaction) throws DatabaseException;

    void rollback(Transaction transaction) throws DatabaseException {
        transaction.rollbackNow();
    }

    /** The policy while a change set runs. */
    static CommitPolicy of(boolean transactional, boolean failureMayBePassedOver) {
        if (!transactional) {
            return AS_ASKED;
        }
        return failureMayBePassedOver ? WITH_HISTORY_ROW_CHECKED : WITH_HISTORY_ROW;
    }
}
