package dev.lockkeeper.image;

import dev.lockkeeper.harness.ChangelogFolder;
import java.nio.file.Path;

/** A little of everything that changelogs are made of, so that the classes behind it are in the cache. */
final class TrainingChangelog {
    private TrainingChangelog() {}

    static Path write(Path folder) {
        ChangelogFolder changelog = new ChangelogFolder(folder.resolve("changelog"));
        changelog
                .file("changelog-root.yaml", """
                databaseChangeLog:
                  - property: {name: who, value: training}
                  - include: {file: one.sql}
                  - include: {file: two.xml}
                  - include: {file: three.json}
                  - changeSet:
                      id: yaml
                      author: training
                      preConditions: [{onFail: MARK_RAN}, {sqlCheck: {expectedResult: 1, sql: SELECT 1}}]
                      changes:
                        - loadData: {file: rows.csv, tableName: rows, columns: [{column: {name: x, type: NUMERIC}}]}
                        - tagDatabase: {tag: trained}
                """)
                .file("one.sql", """
                --liquibase formatted sql
                --changeset training:1
                --comment: lockkeeper: lock-timeout=2s, retries=1
                CREATE TABLE rows (x int PRIMARY KEY, y text);
                --rollback DROP TABLE rows;
                --changeset training:2 runInTransaction:false
                CREATE INDEX CONCURRENTLY rows_y ON rows (y);
                --changeset training:3 splitStatements:false
                DO $$ BEGIN RAISE NOTICE 'trained by ${who}'; END $$;
                --changeset training:4 runInTransaction:false
                --comment: lockkeeper: batched, pause=1ms
                UPDATE rows SET y = 'a' WHERE x IN (SELECT x FROM rows WHERE y IS NULL LIMIT 10);
                --changeset training:5
                SELECT pg_sleep(0.5);
                """)
                .file("two.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                      http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                  <changeSet id="xml" author="training">
                    <preConditions onFail="MARK_RAN"><not><tableExists tableName="things"/></not></preConditions>
                    <createTable tableName="things">
                      <column name="id" type="bigint" autoIncrement="true"><constraints primaryKey="true"/></column>
                      <column name="name" type="varchar(100)"><constraints nullable="false"/></column>
                    </createTable>
                    <addColumn tableName="things"><column name="size" type="int" defaultValueNumeric="1"/></addColumn>
                    <createIndex tableName="things" indexName="things_name"><column name="name"/></createIndex>
                    <sql>INSERT INTO things (name) VALUES ('one')</sql>
                  </changeSet>
                </databaseChangeLog>
                """)
                .file("three.json", """
                {"databaseChangeLog": [{"changeSet": {"id": "json", "author": "training",
                  "changes": [{"sql": {"sql": "SELECT 1"}}]}}]}
                """)
                .file("rows.csv", "x,y\n1,a\n2,b\n");
        return changelog.folder();
    }
}
