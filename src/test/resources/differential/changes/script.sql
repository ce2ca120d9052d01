INSERT INTO s VALUES ('é; ');
-- a comment; with a semicolon
INSERT INTO s VALUES ('e')
GO
INSERT INTO s VALUES ('f')
GO
