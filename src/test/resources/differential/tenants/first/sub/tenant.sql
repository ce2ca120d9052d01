--liquibase formatted sql
--changeset ops:table context:tenant
CREATE TABLE ${prefix}account (id bigserial PRIMARY KEY, "Name" text, js jsonb DEFAULT '{"a": 1}');
--changeset ops:search-path context:tenant
SET search_path TO other, public;
CREATE VIEW in_other AS SELECT v FROM ${prefix}settings;
RESET search_path;
--changeset ops:drop-view context:never
DROP VIEW in_other;
