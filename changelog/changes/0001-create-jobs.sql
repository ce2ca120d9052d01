--liquibase formatted sql

--changeset jobs-team:0001-create-jobs
--comment: The queue of background work; a worker takes a row with FOR UPDATE SKIP LOCKED
CREATE TABLE jobs (
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    kind         text        NOT NULL,
    payload      jsonb       NOT NULL DEFAULT '{}',
    status       text        NOT NULL DEFAULT 'queued',
    attempts     integer     NOT NULL DEFAULT 0,
    scheduled_at timestamptz NOT NULL DEFAULT now(),
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT jobs_pkey PRIMARY KEY (id),
    -- A CHECK and not an enum type: a value can be added and also taken away again.
    CONSTRAINT jobs_status_known CHECK (status IN ('queued', 'running', 'done', 'failed')),
    CONSTRAINT jobs_attempts_not_negative CHECK (attempts >= 0)
);

--rollback DROP TABLE jobs;
