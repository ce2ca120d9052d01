--liquibase formatted sql

--changeset jobs-team:0007-add-jobs-queue splitStatements:false
--comment: Expand: queue takes the place of kind
ALTER TABLE jobs ADD COLUMN queue text;

-- Until kind is gone, the old app writes kind and the new one queue. Neither changes in a job's life.
CREATE FUNCTION fill_jobs_queue() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.queue := coalesce(NEW.queue, NEW.kind);
    NEW.kind := coalesce(NEW.kind, NEW.queue);
    RETURN NEW;
END
$$;

CREATE TRIGGER jobs_fill_queue
    BEFORE INSERT ON jobs
    FOR EACH ROW EXECUTE FUNCTION fill_jobs_queue();

--rollback DROP TRIGGER jobs_fill_queue ON jobs;
--rollback DROP FUNCTION fill_jobs_queue();
--rollback ALTER TABLE jobs DROP COLUMN queue;
