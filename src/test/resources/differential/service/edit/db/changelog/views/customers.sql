CREATE OR REPLACE VIEW customers AS
SELECT id, name, balance FROM customer;
