--liquibase formatted sql

--changeset jobs-team:0006-index-jobs-ready runInTransaction:false
--comment: For the worker that looks for its next job
CREATE INDEX CONCURRENTLY jobs_ready ON jobs (priority DESC, scheduled_at) WHERE status = 'queued';

--rollback DROP INDEX CONCURRENTLY IF EXISTS jobs_ready;
