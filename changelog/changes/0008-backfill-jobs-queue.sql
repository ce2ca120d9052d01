--liquibase formatted sql

--changeset jobs-team:0008-backfill-jobs-queue splitStatements:false
--comment: Expand: the rows from before queue; each batch says how far it is
DO $$
DECLARE
    batch   CONSTANT bigint := 10000;
    next_id bigint;
    last_id bigint;
    filled  bigint;
BEGIN
    SELECT min(id), max(id) INTO next_id, last_id FROM jobs WHERE queue IS NULL;
    WHILE next_id <= last_id LOOP
        UPDATE jobs SET queue = kind
        WHERE id >= next_id AND id < next_id + batch AND queue IS NULL;
        GET DIAGNOSTICS filled = ROW_COUNT;
        RAISE NOTICE 'jobs.queue: filled % rows from id % on, the last is %', filled, next_id, last_id;
        next_id := next_id + batch;
    END LOOP;
END
$$;

-- The values do no harm to the level before, and go with the column.
--rollback not required
