--liquibase formatted sql

--changeset jobs-team:0013-drop-jobs-kind rollbackSplitStatements:false
--comment: Contract, in a release after the last app that uses kind; halts where dropping it would lose data
--preconditions onFail:HALT
--precondition-sql-check expectedResult:0 SELECT count(*) FROM jobs WHERE kind IS DISTINCT FROM queue
DROP TRIGGER jobs_fill_queue ON jobs;
DROP FUNCTION fill_jobs_queue();
ALTER TABLE jobs DROP COLUMN kind;

--rollback ALTER TABLE jobs ADD COLUMN kind text;
--rollback UPDATE jobs SET kind = queue;
--rollback ALTER TABLE jobs ALTER COLUMN kind SET NOT NULL;
--rollback CREATE FUNCTION fill_jobs_queue() RETURNS trigger
--rollback LANGUAGE plpgsql
--rollback AS $$
--rollback BEGIN
--rollback     NEW.queue := coalesce(NEW.queue, NEW.kind);
--rollback     NEW.kind := coalesce(NEW.kind, NEW.queue);
--rollback     RETURN NEW;
--rollback END
--rollback $$;
--rollback CREATE TRIGGER jobs_fill_queue
--rollback     BEFORE INSERT ON jobs
--rollback     FOR EACH ROW EXECUTE FUNCTION fill_jobs_queue();
