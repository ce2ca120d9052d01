INSERT INTO s VALUES ('in a file; '); INSERT INTO s VALUES ('g');
