--liquibase formatted sql

--changeset routines:touch runOnChange:true endDelimiter:@@
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.ttl := coalesce(NEW.ttl, 0) + 2;
  RETURN NEW;
END $$
@@
DROP TRIGGER IF EXISTS touch ON realm
@@
CREATE TRIGGER touch BEFORE UPDATE ON realm FOR EACH ROW EXECUTE FUNCTION touch()
@@
