"""gate/log.jq and gate/summary.jq: what a person sees of a run."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GATE = ROOT / "ecs" / "gate"


def change_set(id="0004-load-queues", file="changes/0004-load-queues.yaml", author="team"):
    return {"file": file, "id": id, "author": author}


def event(name, **more):
    return {"time": "2026-01-01T10:00:00.000Z", "level": "info", "event": name} | more


def shown(*lines):
    """What log.jq shows of the lines, without the time."""
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    jq = ["jq", "-L", GATE, "-rR", "-f", GATE / "log.jq"]
    printed = subprocess.run(jq, input=text, capture_output=True, text=True, check=True).stdout
    return [line.removeprefix("10:00:00  ") for line in printed.splitlines()]


def summary(*log, finished=None, task=None, **verdict):
    verdict = {"exitCode": 0, "outcome": "done", "touched": "yes", "happened": "Done.", "whatNow": "", "warnings": []} | verdict
    lists = {"log": list(log), "task": [task or {}], "finished": [finished or {}], "registered": []}
    names = ("container", "image", "region", "cluster", "log_group", "log_stream")
    words = [word for name, value in (lists | {"command": []}).items() for word in ("--argjson", name, json.dumps(value))]
    words += [word for name in names for word in ("--arg", name, name)]
    jq = ["jq", "-L", GATE, "-r", *words, "-f", GATE / "summary.jq"]
    return subprocess.run(jq, input=json.dumps(verdict), capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (event("changeset.applied", changeSet=change_set(), durationMs=340, rows=0), "applied 0004-load-queues in 340 ms"),
        (event("changeset.applied", changeSet=change_set(), durationMs=2540, rows=3), "applied 0004-load-queues in 2.5 s, 3 rows"),
        (event("changeset.applied", changeSet=change_set(), durationMs=1, rows=1), "applied 0004-load-queues in 1 ms, 1 row"),
        (event("changeset.applied", changeSet=change_set("2", "db/a.sql"), durationMs=1), "applied db/a.sql::2 in 1 ms"),
        (event("changeset.applied", changeSet=change_set(), execType="MARK_RAN", durationMs=1), "marked as ran, not run: 0004-load-queues in 1 ms"),
        (event("changeset.skipped", changeSet=change_set(), reason="onFail"), "skipped 0004-load-queues: onFail"),
        (event("changeset.pending", changeSet=change_set("a.b", "a.b.xml")), "pending: a.b"),
        (event("changeset.failed", changeSet=change_set(), sqlState="22012", message="x", level="error"), "ERROR failed 0004-load-queues (SQLSTATE 22012): x"),
        (event("changeset.failed", changeSet=change_set(), message="x", sourceFile="db/a.sql", sourceLine=4, level="error"), "ERROR failed 0004-load-queues at db/a.sql:4: x"),
        (event("changeset.applied", changeSet=change_set(), execType="MARK_RAN", durationMs=1, remark="its precondition failed"), "marked as ran, not run: 0004-load-queues in 1 ms: its precondition failed"),
        (event("lock.waiting", what="another runner", blockers=[]), "waiting for another runner: "),
        (event("lock.waiting", what="jobs", changeSet=change_set(), blockers=[{"text": "pid 7"}, {"text": "pid 8"}]), "0004-load-queues: waiting for jobs: pid 7; pid 8"),
        (event("progress", changeSet=change_set(), elapsedMs=5000, phase="scan", percent=12.5), "0004-load-queues: 5 s, scan, 12.5 %"),
        (event("progress", changeSet=change_set(), elapsedMs=5000, rows=2000), "0004-load-queues: 5 s, 2000 rows"),
        (event("something.new", message="hello"), "hello"),
    ],
)  # fmt: skip
def test_a_line_of_the_log(line, words):
    assert shown(line) == [words]


def test_a_change_set_gets_one_line():
    started = event("changeset.started", changeSet=change_set(), number=1, total=2, transactional=True)
    assert shown(started, event("changeset.applied", changeSet=change_set(), durationMs=1)) == ["applied 0004-load-queues in 1 ms"]


def test_the_log_knows_every_event_that_the_readme_lists():
    operate = (ROOT / "README.md").read_text().partition("\n## Operate\n")[2]
    listed = re.search(r"one object a line: (.*?`run\.finished`)", operate, re.DOTALL)[1]
    prefix, names = "", set()
    for word in re.findall(r"`([a-z.]+)`", listed):
        prefix = prefix if word.startswith(".") else word.partition(".")[0]
        names.add(prefix + word if word.startswith(".") else word)
    program = (GATE / "log.jq").read_text()
    silent = re.search(r"def silent: (\[.*?\]);", program)[1]
    known = set(re.findall(r'\.event == "([a-z.]+)"', program.partition("def sentence:")[2])) | set(json.loads(silent))
    assert {"run.started", "changeset.applied", "lock.waiting"} <= names
    assert names == known


def test_the_summary_names_change_sets_short_and_shows_rows_if_there_are_any():
    one = event("changeset.applied", changeSet=change_set(), durationMs=12, rows=3)
    other = event("changeset.applied", changeSet=change_set("1", "db/a.sql"), durationMs=2500, rows=0)
    text = summary(one, other, finished={"skipped": [change_set("s", "s.sql")], "pending": [change_set("p", "b.sql")], "pendingCount": 51})
    assert "| 0004-load-queues | 12 ms | 3 |\n| db/a.sql::1 | 2.5 s |  |\n" in text
    assert "Skipped: `s`\n" in text and "Pending: `b.sql::p` and more\n" in text


def test_the_summary_names_change_sets_that_would_look_alike_by_file_and_if_needed_author():
    same_id = [event("changeset.applied", changeSet=change_set("1", "db/a.sql", author), durationMs=1) for author in ("me", "you")]
    same_file = [event("changeset.applied", changeSet=change_set("x", f"{folder}/x.sql"), durationMs=1) for folder in "ab"]
    text = summary(*same_id, *same_file)
    assert re.findall(r"^\| (\S+) \|", text, re.MULTILINE)[1:] == [
        "db/a.sql::1::me", "db/a.sql::1::you", "a/x.sql::x", "b/x.sql::x",
    ]  # fmt: skip


def test_the_summary_shows_the_failed_change_set():
    failed = event(
        "changeset.failed", changeSet=change_set(), sqlState="22012", message="division by zero", statement="SELECT 1 / 0", sourceFile="db/a.sql", sourceLine=4
    )
    text = summary(failed, exitCode=1, outcome="failed", task={"taskArn": "arn:aws:ecs:r:1:task/c/0123"})
    assert "failed (exit code 1)" in text and "### Failed: `0004-load-queues`, SQLSTATE 22012, at `db/a.sql:4`" in text
    assert "```\ndivision by zero\n```\n```\nSELECT 1 / 0\n```" in text and "[Task 0123](https://region.console" in text


@pytest.mark.parametrize("odd", [{"changeSet": "x"}, {"changeSet": None}, {}])
def test_odd_events_of_another_program_do_not_break_the_summary(odd):
    assert "Lockkeeper" in summary(event("changeset.applied", **odd), event("changeset.failed", **odd))
