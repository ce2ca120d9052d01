--liquibase formatted sql
--changeset routines:sum runOnChange:true splitStatements:false
--precondition-table-exists table:realm
CREATE OR REPLACE FUNCTION ttl_sum() RETURNS bigint LANGUAGE sql AS 'SELECT sum(ttl) FROM realm; ';
--changeset routines:not-there runOnChange:true
--preconditions onFail:MARK_RAN
--precondition-view-exists view:no_such_view
SELECT nonsense;
