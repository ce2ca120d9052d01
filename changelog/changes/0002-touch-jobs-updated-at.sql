--liquibase formatted sql

--changeset jobs-team:0002-touch-jobs-updated-at splitStatements:false
--comment: updated_at follows the work on a job
CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;

-- Only these columns: a backfill of another one is no work on the job and must not look like it.
CREATE TRIGGER jobs_touch_updated_at
    BEFORE UPDATE OF status, attempts ON jobs
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

--rollback DROP TRIGGER jobs_touch_updated_at ON jobs;
--rollback DROP FUNCTION touch_updated_at();
