--liquibase formatted sql

--changeset jobs-team:0014-create-job-statistics splitStatements:false
--comment: Counts for the dashboard, brought up to date by SELECT refresh_job_statistics()
CREATE MATERIALIZED VIEW job_statistics AS
SELECT queue, status, count(*) AS jobs, min(scheduled_at) AS oldest_scheduled_at
FROM jobs
GROUP BY queue, status;

-- REFRESH … CONCURRENTLY, which lets readers go on, asks for a unique index.
CREATE UNIQUE INDEX job_statistics_queue_status ON job_statistics (queue, status);

-- FROM CURRENT: the function finds the view whatever its caller's search path is.
CREATE FUNCTION refresh_job_statistics() RETURNS void
LANGUAGE sql
SET search_path FROM CURRENT
AS $$
    REFRESH MATERIALIZED VIEW CONCURRENTLY job_statistics
$$;

--rollback DROP FUNCTION refresh_job_statistics();
--rollback DROP MATERIALIZED VIEW job_statistics;
