"""Lockkeeper's image with the change sets for the tests added."""

import io
import tarfile

import docker

# By path under /changelog. The files that are baked in stay.
CHANGES = {
    "tests/quick.sql": """--liquibase formatted sql
--changeset team:1
CREATE TABLE quick (x int);
""",
    "tests/fails.sql": """--liquibase formatted sql
--changeset team:1
CREATE TABLE first (x int);
--changeset team:divides
SELECT 1 / 0;
""",
    # Ends when the schema `hold` is dropped.
    "tests/held.sql": """--liquibase formatted sql
--changeset team:1
CREATE TABLE first (x int);
--changeset team:2 splitStatements:false
DO $$ BEGIN
  WHILE EXISTS (SELECT FROM pg_namespace WHERE nspname = 'hold') LOOP PERFORM pg_sleep(0.1); END LOOP;
END $$;
""",
    "tests/endless.sql": """--liquibase formatted sql
--changeset team:1
SELECT pg_sleep(600);
""",
    "tests/hostile.sql": """--liquibase formatted sql
--changeset team:1 splitStatements:false
DO $$ BEGIN RAISE NOTICE E'::error::first\\n::set-output name=x::second'; END $$;
""",
    "tests/locked.sql": """--liquibase formatted sql
--changeset team:1
ALTER TABLE elsewhere.held ADD COLUMN y int;
""",
}


def with_changes(image: str, tag: str) -> str:
    """The image by digest, in the registry of the given one. Each caller uses a different tag."""
    engine = docker.from_env()
    repository = image.partition("@")[0] + "-tests"
    engine.images.pull(image)
    container = engine.containers.create(image)
    try:
        container.put_archive("/changelog", _archive())
        container.commit(repository, tag)
    finally:
        container.remove()
    engine.images.push(repository, tag)
    digests = engine.images.get(f"{repository}:{tag}").attrs["RepoDigests"]
    return next(digest for digest in digests if digest.startswith(f"{repository}@"))


def _archive() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        folder = tarfile.TarInfo("tests")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(folder)
        for path, text in CHANGES.items():
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(text.encode()), 0o644
            archive.addfile(entry, io.BytesIO(text.encode()))
    return buffer.getvalue()
