--liquibase formatted sql

--changeset jobs-team:0008-backfill-jobs-queue runInTransaction:false
--comment: Expand: the rows from before queue, a thousand a commit. lockkeeper: batched, pause=100ms
UPDATE jobs SET queue = kind
WHERE id IN (SELECT id FROM jobs WHERE queue IS NULL ORDER BY id LIMIT 1000);

-- The values do no harm to the level before, and go with the column.
--rollback not required
