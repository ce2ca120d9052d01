--liquibase formatted sql

--changeset jobs-team:0012-index-jobs-queue runInTransaction:false
--comment: For the pages that list a queue
CREATE INDEX CONCURRENTLY jobs_queue_status ON jobs (queue, status, scheduled_at);

--rollback DROP INDEX CONCURRENTLY IF EXISTS jobs_queue_status;
