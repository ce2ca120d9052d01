--liquibase formatted sql

--changeset jobs-team:0011-require-jobs-queue
--comment: NOT NULL: proven by the validated CHECK, so the table isn't read again; then the CHECK has done its work
ALTER TABLE jobs ALTER COLUMN queue SET NOT NULL;
ALTER TABLE jobs DROP CONSTRAINT jobs_queue_present;

--rollback ALTER TABLE jobs ADD CONSTRAINT jobs_queue_present CHECK (queue IS NOT NULL);
--rollback ALTER TABLE jobs ALTER COLUMN queue DROP NOT NULL;
