--liquibase formatted sql
--changeset anybody:grants runAlways:true runOnChange:true
GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC;
--changeset anybody:dbms dbms:postgresql,h2
CREATE TABLE after (x int, y text DEFAULT 'z');
--changeset anybody:ignoring
INSERT INTO after VALUES (1);
--ignoreLines:1
INSERT INTO nonsense VALUES (2);
INSERT INTO after VALUES (3);
--ignoreLines:start
anything at all
--ignoreLines:end
INSERT INTO after VALUES (4);
