--liquibase formatted sql
--changeset ops:b-1
ALTER TABLE ${prefix}account ADD b int;
--changeset ops:b-2
INSERT INTO ${prefix}account (b) VALUES (1);
INSERT INTO ${prefix}account (b) VALUES (2);
--changeset ops:b-3
ALTER TABLE ${prefix}account ADD c int;
