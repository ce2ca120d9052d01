CREATE VIEW enabled AS SELECT id FROM realm WHERE enabled;
