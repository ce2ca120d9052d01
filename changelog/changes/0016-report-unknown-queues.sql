--liquibase formatted sql

--changeset jobs-team:0016-report-unknown-queues splitStatements:false
--comment: A look before a foreign key: its answer is a NOTICE in the log
DO $$
DECLARE
    unknown bigint;
BEGIN
    SELECT count(*) INTO unknown
    FROM jobs
    WHERE NOT EXISTS (SELECT FROM queues WHERE queues.name = jobs.queue);
    RAISE NOTICE 'jobs of a queue that the table queues does not know: %', unknown;
END
$$;

-- It changes nothing.
--rollback not required
