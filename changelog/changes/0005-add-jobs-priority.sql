--liquibase formatted sql

--changeset jobs-team:0005-add-jobs-priority
--comment: Urgent work first
-- A constant default costs no rewrite: PostgreSQL keeps it once for all the rows that are there.
ALTER TABLE jobs ADD COLUMN priority smallint NOT NULL DEFAULT 0;

--rollback ALTER TABLE jobs DROP COLUMN priority;
