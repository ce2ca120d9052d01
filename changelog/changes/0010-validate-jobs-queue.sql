--liquibase formatted sql

--changeset jobs-team:0010-validate-jobs-queue
--comment: Towards NOT NULL: reads the whole table, but under a lock that lets the app read and write
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_queue_present;

--rollback ALTER TABLE jobs DROP CONSTRAINT jobs_queue_present,
--rollback     ADD CONSTRAINT jobs_queue_present CHECK (queue IS NOT NULL) NOT VALID;
