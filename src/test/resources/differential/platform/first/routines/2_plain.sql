CREATE VIEW enabled AS SELECT * FROM realm WHERE enabled;
COMMENT ON VIEW enabled IS 'a file without a header; with two statements';
