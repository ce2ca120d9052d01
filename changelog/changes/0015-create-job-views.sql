--liquibase formatted sql

--changeset jobs-team:0015-create-job-views
--comment: What could run now, and what will not be tried again
CREATE VIEW ready_jobs AS
SELECT id, queue, priority, scheduled_at, attempts
FROM jobs
WHERE status = 'queued' AND scheduled_at <= now();

CREATE VIEW exhausted_jobs AS
SELECT jobs.id, jobs.queue, jobs.attempts, queues.max_attempts, jobs.updated_at
FROM jobs
JOIN queues ON queues.name = jobs.queue
WHERE jobs.status = 'failed' AND jobs.attempts >= queues.max_attempts;

--rollback DROP VIEW exhausted_jobs;
--rollback DROP VIEW ready_jobs;
