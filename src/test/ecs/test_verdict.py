"""ecs/verdict.jq against answers as DescribeTasks returns them: every row of the verdict table."""

import json
import re
import subprocess
from pathlib import Path

import pytest

VERDICT = Path(__file__).parents[3] / "ecs" / "verdict.jq"
DONE = {"event": "run.finished", "outcome": "done", "exitCode": 0, "databaseTouched": "yes", "happened": "Applied 1 change set.", "whatNow": ""}
PULL = (
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
    "1.dkr.ecr.eu-central-1.amazonaws.com/lockkeeper@sha256:0: not found"
)
SECRET = (
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to "
    "retrieve secret from asm: service call has been retried 1 time(s): AccessDeniedException"
)
NO_SECRET = SECRET.replace("AccessDeniedException", "ResourceNotFoundException: Secrets Manager can't find the specified secret.")
KEY = SECRET.replace("AccessDeniedException", "retrieved secret from Secrets Manager did not contain json key url")
LOGGER = (
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create "
    "Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1"
)
NETWORK = "Timeout waiting for network interface provisioning to complete."
STORAGE = "Timeout waiting for EphemeralStorage provisioning to complete."


def ours(exit_code=None, reason=None, ran=True):
    container = {"name": "lockkeeper", "lastStatus": "STOPPED"}
    if exit_code is not None:
        container["exitCode"] = exit_code
    if reason:
        container["reason"] = reason
    if ran:
        container["runtimeId"] = "abc-123"
    return container


def other(exit_code=None, name="aws-guardduty-agent"):
    return {"name": name, "lastStatus": "STOPPED", "runtimeId": "x"} | ({} if exit_code is None else {"exitCode": exit_code})


def task(*containers, stop="EssentialContainerExited", reason="Essential container in task exited", started=True, status="STOPPED"):
    answer = {"taskArn": "arn:aws:ecs:eu-central-1:1:task/c/1", "lastStatus": status, "containers": list(containers)}
    if stop:
        answer |= {"stopCode": stop, "stoppedReason": reason}
    return answer | ({"startedAt": "2026-01-01T00:00:00Z"} if started else {})


def never(reason):
    return task(ours(ran=False), stop="TaskFailedToStart", reason=reason, started=False)


def verdict(answer, finished=None, timed_out=False):
    given = {"task": answer, "container": "lockkeeper", "finished": finished, "timedOut": timed_out, "limit": "30m"}
    printed = subprocess.run(["jq", "-f", VERDICT], input=json.dumps(given), capture_output=True, text=True, check=True)
    return json.loads(printed.stdout)


def finished(code, touched="no", **more):
    return DONE | {"outcome": "ended", "exitCode": code, "databaseTouched": touched, "happened": f"Ended {code}.", "whatNow": "Fix it."} | more


ROWS = {
    "success": (task(ours(0)), DONE, 0, "yes", "Applied 1 change set"),
    "success, no log": (task(ours(0)), None, 0, "unknown", "Done"),
    "success, and a report of failure": (task(ours(0)), "FAILED", 68, "yes", "its report says 1"),
    "a report of another program": (task(ours(1)), {"event": "run.finished", "databaseTouched": {"a": 1}, "outcome": "x\ny"}, 1, "unknown", "failed"),
    "success, a sidecar first in the list": (task(other(0), ours(0)), DONE, 0, "yes", "Applied"),
    "success, though a sidecar failed": (task(other(1), ours(0)), DONE, 0, "yes", "Applied"),
    "success, though stopped just then": (task(ours(0), stop="UserInitiated", reason="x"), DONE, 0, "yes", "Applied"),
    "migration failed": (task(ours(1)), finished(1, "yes"), 1, "yes", "Ended 1"),
    "migration failed, a sidecar well": (task(other(0), ours(1)), finished(1, "yes"), 1, "yes", "Ended 1"),
    "migration failed, no log": (task(ours(1)), None, 1, "unknown", "A change set failed"),
    "out of memory": (task(ours(137, "OutOfMemoryError: Container killed due to memory usage")), None, 66, "unknown", "memory"),
    "killed for an unknown reason": (task(ours(137)), None, 66, "unknown", "exit code 137"),
    "heap exhausted": (task(ours(3)), None, 66, "unknown", "heap"),
    "a code of no table": (task(ours(17)), None, 66, "unknown", "17"),
    "an uncaught signal": (task(ours(139)), None, 66, "unknown", "139"),
    "stopped by a person": (task(ours(143), stop="UserInitiated", reason="wrong image"), None, 66, "unknown", "wrong image"),
    "stopped by a person, with report": (
        task(ours(143), stop="UserInitiated", reason="wrong image"), finished(143, "yes"), 66, "yes", "wrong image"),
    "stopped before it started": (
        task(ours(ran=False), stop="UserInitiated", reason="typo", started=False), None, 65, "no", "typo"),
    "host loss": (task(ours(), stop="InfrastructureHealth", reason="host gone"), None, 66, "unknown", "host gone"),
    "Spot taken away": (task(ours(143), stop="SpotInterruption", reason="Spot"), None, 66, "unknown", "SpotInterruption"),
    "Fargate retires the host": (task(ours(143), stop="TerminationNotice", reason="patch"), None, 66, "unknown", "patch"),
    "a service's scheduler": (task(ours(143), stop="ServiceSchedulerInitiated", reason="scaling"), None, 66, "unknown", "scheduler"),
    "a stop code of tomorrow": (task(ours(), stop="SomethingNew", reason="who knows"), None, 66, "unknown", "who knows"),
    "essential sidecar dies first, ours 143": (task(other(1, "proxy"), ours(143)), None, 66, "unknown", "proxy (exit code 1)"),
    "essential sidecar dies first, ours 137": (task(other(1, "proxy"), ours(137)), None, 66, "unknown", "proxy"),
    "essential sidecar dies first, ours null": (task(other(1, "proxy"), ours()), None, 66, "unknown", "proxy"),
    "image missing": (never(PULL), None, 65, "no", "CannotPullContainerError"),
    "secret denied": (never(SECRET), None, 65, "no", "AccessDeniedException"),
    "key absent": (never(KEY), None, 65, "no", "json key url"),
    "log group missing": (never(LOGGER), None, 65, "no", "logger args"),
    "network interface timeout": (never(NETWORK), None, 65, "no", "network interface"),
    "storage timeout": (never(STORAGE), None, 65, "no", "EphemeralStorage"),
    "null exit code, ran": (task(ours()), None, 66, "unknown", "without an exit code"),
    "our container isn't there": (task(other(0)), None, 66, "unknown", "without an exit code"),
    "still running": (task(ours(), stop=None, status="RUNNING"), None, 68, "unknown", "isn't known"),
    "nothing known": (None, None, 68, "unknown", "isn't known"),
}


@pytest.mark.parametrize("row", ROWS, ids=list(ROWS))
def test_every_row_of_the_table(row):
    answer, report, code, touched, words = ROWS[row]
    report = finished(1, "yes") if report == "FAILED" else report
    judged = verdict(answer, report)
    assert (judged["exitCode"], judged["touched"]) == (code, touched)
    assert words in judged["happened"]
    assert judged["whatNow"] or code == 0


def codes_of_the_readme():
    section = (VERDICT.parents[1] / "README.md").read_text().partition("\n## Exit codes\n")[2].partition("\n## ")[0]
    return [int(code) for code in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)]


# 143 says only that something stopped the container; ECS says what.
OWN = [code for code in codes_of_the_readme() if code != 143]


def test_exactly_the_codes_of_the_readme_pass_through():
    assert {0, 1, 70} < set(OWN)
    assert [code for code in range(144) if verdict(task(ours(code)))["outcome"] != "killed"] == OWN


@pytest.mark.parametrize("code", OWN[1:])
def test_a_code_without_a_report_is_put_into_words(code):
    happened = verdict(task(ours(code)))["happened"]
    assert re.search(rf"exit code {code} and no report was read\. The code means: [A-Z][^.]+\.", happened), happened


@pytest.mark.parametrize("code", OWN[1:])
def test_the_containers_own_codes_pass_with_its_own_words(code):
    judged = verdict(task(ours(code)), finished(code, "yes"))
    assert (judged["exitCode"], judged["touched"], judged["happened"], judged["whatNow"]) == (code, "yes", f"Ended {code}.", "Fix it.")


def test_an_absent_exit_code_is_never_success():
    for stop in ("EssentialContainerExited", "TaskFailedToStart", "UserInitiated", "Unheard", None):
        for started in (True, False):
            for ran in (True, False):
                assert verdict(task(ours(ran=ran), stop=stop, started=started))["exitCode"] != 0


def test_untouched_needs_no_exit_code_no_start_and_no_runtime_id():
    assert verdict(never(SECRET))["touched"] == "no"
    assert verdict(task(ours(), stop="TaskFailedToStart", reason=SECRET, started=False))["touched"] == "unknown"
    assert verdict(task(ours(ran=False), stop="TaskFailedToStart", reason=SECRET))["touched"] == "unknown"


def test_what_passes_is_worth_a_new_task_and_nothing_else_is():
    assert verdict(never(NETWORK))["again"] == verdict(never(STORAGE))["again"] == "passing"
    assert verdict(never(SECRET))["again"] is None
    assert verdict(never(PULL))["again"] is None
    assert verdict(task(ours(4)), finished(4, sqlState="28P01"))["again"] == "rotated"
    assert verdict(task(ours(4)), finished(4, sqlState="3D000"))["again"] is None
    assert verdict(task(ours(1)), finished(1, sqlState="28P01"))["again"] is None


def test_timed_out_unless_it_ended_by_itself():
    assert verdict(task(ours(143), stop="UserInitiated", reason="limit"), finished(143, "yes"), True)["exitCode"] == 67
    assert verdict(task(ours(137), stop="UserInitiated", reason="limit"), None, True)["exitCode"] == 67
    assert verdict(task(ours(8)), finished(8, "yes"), True)["exitCode"] == 8
    assert verdict(task(ours(0)), DONE, True)["exitCode"] == 0
    pending = task(ours(ran=False), stop="UserInitiated", reason="limit", started=False)
    assert (verdict(pending, None, True)["exitCode"], verdict(pending, None, True)["touched"]) == (67, "no")


def test_what_the_program_said_before_it_was_ended_is_carried_along():
    left = finished(143, "yes", happened="Stopped. What it had done stays, and isn't recorded.", whatNow="Look at it.")
    for timed_out in (True, False):
        judged = verdict(task(ours(143), stop="UserInitiated", reason="x"), left, timed_out)
        assert "What it had done stays" in judged["happened"] and "Look at it." in judged["whatNow"]
        assert "rolled back" not in judged["whatNow"]


def test_what_was_seen_to_run_did_start():
    given = {"task": never(SECRET), "container": "lockkeeper", "finished": None, "timedOut": False, "limit": "30m", "ran": True}
    printed = subprocess.run(["jq", "-f", VERDICT], input=json.dumps(given), capture_output=True, text=True, check=True)
    assert (json.loads(printed.stdout)["exitCode"], json.loads(printed.stdout)["touched"]) == (66, "unknown")


def test_a_failing_sidecar_is_a_warning():
    assert verdict(task(other(2), ours(0)), DONE)["warnings"] == ["Container aws-guardduty-agent ended with exit code 2."]


@pytest.mark.parametrize(
    ("reason", "words"),
    [(PULL, "digest"), (NO_SECRET, "no secret with that ARN"), (SECRET, "GetSecretValue"), (KEY, "trailing colons"), (LOGGER, "log group"), (NETWORK, "new task")],
)
def test_what_never_started_names_the_cure(reason, words):
    assert words in verdict(never(reason))["whatNow"]
