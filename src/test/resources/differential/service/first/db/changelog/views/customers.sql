CREATE OR REPLACE VIEW customers AS
-- all of them; yes
SELECT id, name FROM customer WHERE name <> ';';
