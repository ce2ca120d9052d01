--liquibase formatted sql

--changeset jobs-team:0003-create-queues
--comment: What the workers need to know of each queue
CREATE TABLE queues (
    name         text    NOT NULL,
    title        text    NOT NULL,
    max_attempts integer NOT NULL,
    CONSTRAINT queues_pkey PRIMARY KEY (name),
    CONSTRAINT queues_max_attempts_positive CHECK (max_attempts > 0)
);

--rollback DROP TABLE queues;
