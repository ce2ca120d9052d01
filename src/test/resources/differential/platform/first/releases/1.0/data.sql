--liquibase formatted sql logicalFilePath:data/1.0.sql

--changeset other:data-1 labels:"data,old"
--comment: ids are those of the first customers
INSERT INTO realm (id, name, enabled) VALUES ('b', 'B; -- not a comment', true);
INSERT INTO realm (id, name) VALUES ('c', 'C /* neither */');
--rollback DELETE FROM realm WHERE id IN ('b', 'c');

--changeset other:data-2 splitStatements:false stripComments:false
/* several
   lines; */
DO $$
BEGIN
  -- a comment; with a semicolon
  UPDATE realm SET ttl = 5 WHERE ttl IS NULL;
END $$;
--rollback empty

--changeset other:data-3 endDelimiter:\nGO
UPDATE realm SET ttl = 6 WHERE id = 'b'
GO
UPDATE realm SET ttl = 7 WHERE id = 'c'
GO

/* liquibase rollback
UPDATE realm SET ttl = 5;
*/
