--liquibase formatted sql

--changeset jobs-team:0009-check-jobs-queue
--comment: Towards NOT NULL: NOT VALID checks new rows only, so its lock is short
ALTER TABLE jobs ADD CONSTRAINT jobs_queue_present CHECK (queue IS NOT NULL) NOT VALID;

--rollback ALTER TABLE jobs DROP CONSTRAINT jobs_queue_present;
