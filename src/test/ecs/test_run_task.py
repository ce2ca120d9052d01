"""ecs/run-task against a scripted aws: lost answers, throttling, cancelled jobs, hostile logs."""

import json
import shutil
import signal
import subprocess
import time

import pytest

from gate import DEFINITION, IMAGE, TASK, Gate, definition, error, event, finished, page, running, service, task

PENDING = {"out": {"tasks": [], "failures": [{"arn": TASK, "reason": "MISSING"}]}}

NO_STREAM = error("ResourceNotFoundException", "GetLogEvents", "The specified log stream does not exist.")
LOST = {"error": "Read timeout on endpoint URL"}


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path)


# --- what it asks for


def test_a_run_that_goes_well(gate):
    ended = gate.run().exits(0).says("Task 0123456789abcdef: STOPPED", "It ended 0.", "Database touched: yes.")
    run = ended.calls("ecs run-task")[0]
    assert (run["launchType"], run["count"], run["taskDefinition"], run["propagateTags"]) == ("FARGATE", 1, DEFINITION, "TASK_DEFINITION")
    assert run["networkConfiguration"]["awsvpcConfiguration"] == {"subnets": ["subnet-1"], "securityGroups": ["sg-app"], "assignPublicIp": "DISABLED"}
    (ours,) = run["overrides"]["containerOverrides"]
    (deadline,) = ours["environment"]
    assert (ours["name"], deadline["name"], "command" in ours) == ("lockkeeper", "LOCKKEEPER_DEADLINE", False)
    assert 1600 < int(deadline["value"].removesuffix("s")) <= 1680
    assert len(run["clientToken"]) == 64 and len(run["startedBy"]) <= 36
    assert "done" in ended.summary() and "console.aws.amazon.com" in ended.summary()


def test_the_command_goes_to_the_container_word_by_word(gate):
    gate.command = ["migrate", "--count", "3", "--tag", "a b; $(touch x) 'é'"]
    run = gate.run().exits(0).calls("ecs run-task")[0]
    assert run["overrides"]["containerOverrides"][0]["command"] == gate.command


def test_the_rendered_definition_is_pinned_and_filled(gate):
    registered = gate.run().exits(0).calls("ecs register-task-definition")[0]
    assert registered == definition()


def test_a_definition_that_is_as_it_should_be_is_not_registered_again(gate):
    newest = definition() | {"taskDefinitionArn": DEFINITION, "revision": 3, "status": "ACTIVE", "compatibilities": ["FARGATE"], "volumes": []}
    newest["containerDefinitions"][0] |= {"cpu": 0, "portMappings": [], "mountPoints": [], "volumesFrom": [], "systemControls": []}
    gate.script["ecs describe-task-definition"] = [{"out": {"taskDefinition": newest}}]
    assert not gate.run().exits(0).says("up to date").calls("ecs register-task-definition")


def test_another_image_is_another_revision(gate):
    newest = json.loads(json.dumps(definition() | {"taskDefinitionArn": DEFINITION}).replace("a" * 64, "b" * 64))
    gate.script["ecs describe-task-definition"] = [{"out": {"taskDefinition": newest}}]
    assert gate.run().exits(0).calls("ecs register-task-definition")


def test_a_family_runs_as_it_is_registered(gate):
    gate.options = {"--task-definition": "lockkeeper", "--image": None}
    gate.script["ecs describe-task-definition"] = [{"out": {"taskDefinition": definition() | {"taskDefinitionArn": DEFINITION}}}]
    ended = gate.run().exits(0)
    assert not ended.calls("ecs register-task-definition")
    assert ended.calls("ecs run-task")[0]["taskDefinition"] == DEFINITION


def test_the_definitions_own_deadline_stays(gate):
    mine = definition() | {"taskDefinitionArn": DEFINITION}
    mine["containerDefinitions"][0]["environment"].append({"name": "LOCKKEEPER_DEADLINE", "value": "5m"})
    gate.options = {"--task-definition": "lockkeeper", "--image": None}
    gate.script["ecs describe-task-definition"] = [{"out": {"taskDefinition": mine}}]
    assert "environment" not in gate.run().exits(0).calls("ecs run-task")[0]["overrides"]["containerOverrides"][0]


def test_a_security_group_of_its_own(gate):
    gate.options = {"--security-groups": "sg-1,sg-2", "--subnets": "subnet-8", "--assign-public-ip": "ENABLED"}
    ended = gate.run().exits(0)
    network = ended.calls("ecs run-task")[0]["networkConfiguration"]["awsvpcConfiguration"]
    assert network == {"subnets": ["subnet-8"], "securityGroups": ["sg-1", "sg-2"], "assignPublicIp": "ENABLED"}
    assert "Warning" not in ended.output


# --- bad input: 64, and nothing started


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"options": {"--image": "lockkeeper:latest"}}, "by digest"),
        ({"options": {"--container": "migrations"}}, "has no container migrations"),
        ({"options": {"--cluster": None}}, "--cluster is missing"),
        ({"options": {"--service": None}}, "--subnets is missing"),
        ({"options": {"--timeout": "soon"}}, "not soon"),
        ({"options": {"--timeout": "5s"}}, "from 20s"),
        ({"options": {"--task-definition": "none.json"}}, "no file none.json"),
        ({"options": {"--color": "red"}}, "no option --color"),
        ({"environment": {"LOG_GROUP": "", "TASK_ROLE_ARN": ""}}, "needs values for LOG_GROUP, TASK_ROLE_ARN"),
        ({"environment": {"AWS_CREDENTIAL_EXPIRATION": "2020-01-01T00:00:00+00:00"}}, "expire at 2020-01-01"),
        ({"command": ["status", "x" * 9000]}, "8,192"),
    ],
)
def test_bad_input_is_named_and_starts_nothing(gate, change, words):
    for name, value in change.items():
        setattr(gate, name, value)
    ended = gate.run().exits(64).says(words, "Database touched: no")
    assert not ended.calls("ecs run-task")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda ours: ours.update(image="lockkeeper:latest"), "isn't named by digest"),
        (lambda ours: ours.update(logConfiguration={"logDriver": "splunk"}), "must log by awslogs"),
        (lambda ours: ours["logConfiguration"]["options"].pop("awslogs-stream-prefix"), "awslogs-stream-prefix"),
        (lambda ours: ours.update(restartPolicy={"enabled": True}), "restartPolicy"),
        (lambda ours: ours.update(essential=False), "essential"),
    ],
)
def test_a_registered_definition_that_cannot_be_judged_is_refused(gate, change, words):
    mine = definition() | {"taskDefinitionArn": DEFINITION}
    change(mine["containerDefinitions"][0])
    gate.options = {"--task-definition": "lockkeeper", "--image": None}
    gate.script["ecs describe-task-definition"] = [{"out": {"taskDefinition": mine}}]
    assert not gate.run().exits(64).says(words).calls("ecs run-task")


# --- starting


@pytest.mark.parametrize("operation", ["RunTask", "PassRole"])
def test_access_denied_names_action_and_resource(gate, operation):
    text = f"User: arn:aws:sts::1:assumed-role/deploy/x is not authorized to perform: {operation} on resource: arn:aws:iam::1:role/task"
    gate.script["ecs run-task"] = [error("AccessDeniedException", "RunTask", text)]
    gate.run().exits(65).says(operation, "arn:aws:iam::1:role/task", "Database touched: no")


def test_no_capacity_is_tried_again(gate):
    full = {"out": {"tasks": [], "failures": [{"reason": "Capacity is unavailable at this time. Please try again later"}]}}
    gate.script["ecs run-task"].insert(0, full)
    ended = gate.run().exits(0)
    assert len(ended.calls("ecs run-task")) == 2


def test_no_capacity_within_the_time_limit(gate):
    gate.options = {"--timeout": "20s"}
    gate.script["ecs run-task"] = [{"out": {"tasks": [], "failures": [{"reason": "Capacity is unavailable at this time."}]}}]
    gate.run().exits(65).says("Capacity is unavailable", "Database touched: no")


def test_a_failure_that_will_not_pass_is_not_tried_again(gate):
    gate.script["ecs run-task"] = [{"out": {"tasks": [], "failures": [{"arn": "x", "reason": "MISSING", "detail": "no such"}]}}]
    assert len(gate.run().exits(65).says("MISSING (no such)").calls("ecs run-task")) == 1


def test_throttling_is_backed_off(gate):
    throttled = error("ThrottlingException", "RunTask", "Rate exceeded")
    gate.script["ecs run-task"] = [throttled, *gate.script["ecs run-task"]]
    gate.script["ecs list-tasks"] = [throttled, *gate.script["ecs list-tasks"]]
    gate.script["ecs describe-tasks"] = [throttled, running(), throttled, task()]
    gate.run().exits(0)


def test_a_lost_answer_is_asked_for_again_with_the_same_token(gate):
    lost = {"error": 'Connection was closed before we received a valid response from endpoint URL: "https://ecs.eu-central-1.amazonaws.com/".'}
    gate.script["ecs run-task"].insert(0, lost)
    first, second = gate.run().exits(0).calls("ecs run-task")
    assert first["clientToken"] == second["clientToken"]


def test_a_conflict_names_the_task_to_follow(gate):
    gate.script["ecs run-task"] = [error("ConflictException", "RunTask", f"clientToken was used for task {TASK}, with other parameters")]
    gate.run().exits(0).says(TASK)


def test_expired_before_anything_was_started(gate):
    gate.script["ecs describe-task-definition"] = [error("ExpiredTokenException", "DescribeTaskDefinition", "The security token included in the request is expired")]
    gate.run().exits(65).says("expired")


def test_expired_after_an_answer_was_lost_is_unknown(gate):
    lost = {"error": "Read timeout on endpoint URL"}
    gate.script["ecs run-task"] = [lost, error("ExpiredTokenException", "RunTask", "The security token included in the request is expired")]
    gate.run().exits(68).says("Database touched: unknown")


@pytest.mark.parametrize("then", [LOST, error("AccessDeniedException", "RunTask", "not authorized to perform: ecs:RunTask")])
def test_where_an_answer_was_lost_nobody_says_that_nothing_was_started(gate, then):
    gate.options = {"--timeout": "20s"}
    gate.script["ecs run-task"] = [LOST, then]
    gate.run().exits(68).says("isn't known", "started by lockkeeper-", "Database touched: unknown")


def test_two_runs_of_one_step_are_two_tasks(tmp_path):
    tokens = set()
    for again in ("1", "2"):
        (tmp_path / again).mkdir()
        run = Gate(tmp_path / again, environment=JOB).run().exits(0).calls("ecs run-task")[0]
        tokens.add(run["clientToken"])
    assert len(tokens) == 2


def test_tasks_that_cannot_be_looked_at_are_no_reason_for_a_second(gate):
    gate.script["ecs list-tasks"] = [{"out": {"taskArns": [TASK]}}]
    gate.script["ecs describe-tasks"] = [error("AccessDeniedException", "DescribeTasks", "not authorized to perform: ecs:DescribeTasks")]
    assert not gate.run().exits(65).calls("ecs run-task")


# --- attaching

JOB = {"GITHUB_REPOSITORY": "o/r", "GITHUB_RUN_ID": "7", "GITHUB_RUN_ATTEMPT": "2", "GITHUB_JOB": "migrate", "GITHUB_ACTION": "__run"}


def live(**more):
    return {"out": {"tasks": [running()["out"]["tasks"][0] | {"taskDefinitionArn": DEFINITION, "overrides": {"containerOverrides": []}} | more], "failures": []}}


def test_a_job_that_is_run_again_follows_its_live_task(gate):
    gate.environment = JOB
    gate.script["ecs list-tasks"] = [{"out": {"taskArns": [TASK]}}]
    gate.script["ecs describe-tasks"] = [live(), running(), task()]
    assert not gate.run().exits(0).says("still runs: following it").calls("ecs run-task")


@pytest.mark.parametrize(
    "other",
    [
        {"taskDefinitionArn": DEFINITION.replace(":3", ":2")},
        {"overrides": {"containerOverrides": [{"name": "lockkeeper", "command": ["status"]}]}},
        {"desiredStatus": "STOPPED"},
    ],
)
def test_another_definition_or_command_or_a_task_that_stops_is_not_followed(gate, other):
    gate.environment = JOB
    gate.script["ecs list-tasks"] = [{"out": {"taskArns": [TASK]}}]
    gate.script["ecs describe-tasks"] = [live(**other), running(), task()]
    assert gate.run().exits(0).calls("ecs run-task")


def test_attempts_of_one_job_share_started_by_but_not_the_token(tmp_path):
    seen = []
    for attempt in ("1", "2"):
        folder = tmp_path / attempt
        folder.mkdir()
        gate = Gate(folder, environment=JOB | {"GITHUB_RUN_ATTEMPT": attempt})
        seen.append(gate.run().exits(0).calls("ecs run-task")[0])
    assert seen[0]["startedBy"] == seen[1]["startedBy"]
    assert seen[0]["clientToken"] != seen[1]["clientToken"]


# --- following


def test_a_task_that_is_missing_at_first(gate):
    gate.script["ecs describe-tasks"] = [PENDING, PENDING, running(), task()]
    gate.run().exits(0)


def test_a_task_that_stays_missing_is_unknown(gate):
    gate.environment = {"GATE_TEST_MISSING_SECONDS": "3"}
    gate.script["ecs describe-tasks"] = [PENDING]
    gate.run().exits(68).says(TASK, "Database touched: unknown")


def test_a_task_never_seen_running(gate):
    gate.script["ecs describe-tasks"] = [task()]
    gate.run().exits(0)


def test_credentials_that_expire_on_the_way_leave_it_running_and_say_so(gate):
    gate.script["ecs describe-tasks"] = [running(), error("ExpiredTokenException", "DescribeTasks", "The security token included in the request is expired")]
    ended = gate.run().exits(68).says("may still run", TASK)
    assert not ended.calls("ecs stop-task")


def test_the_time_limit_stops_the_task_and_keeps_its_last_words(gate):
    gate.options = {"--timeout": "20s"}
    stopped = task(code=143, stopCode="UserInitiated", stoppedReason="The gate's time limit")
    gate.script["ecs describe-tasks"] = [running()] * 60 + [stopped]
    gate.script["logs get-log-events"] = [page("f/1", event("run.started", command="migrate", version="1", changelog="x")), page("f/1")]
    begun = time.monotonic()
    gate.script["ecs describe-tasks"] = [running() | {"seconds": 3}] * 7 + [stopped]
    ended = gate.run().exits(67).says("time limit of 20s", "was stopped")
    assert len(ended.calls("ecs stop-task")) == 1
    assert time.monotonic() - begun < 90


def test_passing_trouble_of_fargate_is_met_with_one_new_task(gate):
    trouble = task(code=None, stopCode="TaskFailedToStart", stoppedReason="Timeout waiting for network interface provisioning to complete.")
    trouble["out"]["tasks"][0].pop("startedAt")
    trouble["out"]["tasks"][0]["containers"][0].pop("runtimeId")
    gate.script["ecs describe-tasks"] = [trouble, running(), task()]
    gate.script["logs get-log-events"].insert(0, NO_STREAM)
    first, second = gate.run().exits(0).says("once more").calls("ecs run-task")
    assert first["clientToken"] != second["clientToken"]


def test_passing_trouble_twice_is_a_verdict(gate):
    trouble = task(code=None, stopCode="TaskFailedToStart", stoppedReason="Timeout waiting for network interface provisioning to complete.")
    trouble["out"]["tasks"][0].pop("startedAt")
    trouble["out"]["tasks"][0]["containers"][0].pop("runtimeId")
    gate.script["ecs describe-tasks"] = [trouble]
    gate.script["logs get-log-events"] = [NO_STREAM]
    assert len(gate.run().exits(65).says("Database touched: no").calls("ecs run-task")) == 2


def test_a_refused_password_that_was_injected_is_tried_in_a_new_task(gate):
    gate.script["ecs describe-tasks"] = [task(code=4), task()]
    refused = finished(4, "no", sqlState="28P01")
    gate.script["logs get-log-events"] = [page("f/1", refused), page("f/1"), page("g/1", finished()), page("g/1")]
    assert len(gate.run().exits(0).says("once more").calls("ecs run-task")) == 2


def test_a_missing_database_is_not_tried_again(gate):
    gate.script["ecs describe-tasks"] = [task(code=4)]
    gate.script["logs get-log-events"] = [page("f/1", finished(4, "no", sqlState="3D000")), page("f/1")]
    assert len(gate.run().exits(4).says("It ended 4.", "Database touched: no").calls("ecs run-task")) == 1


@pytest.mark.parametrize("words", ["SSL validation failed", "Temporary failure in name resolution", "Unable to locate credentials", "(500) Internal Server Error"])
def test_one_odd_refusal_does_not_lose_the_task(gate, words):
    gate.script["ecs describe-tasks"] = [running(), {"error": words}, task()]
    gate.run().exits(0)


def test_a_task_that_cannot_be_seen_for_long_is_unknown(gate):
    gate.environment = {"GATE_TEST_BLIND_SECONDS": "3"}
    gate.script["ecs describe-tasks"] = [running(), {"error": "SSL validation failed"}]
    gate.run().exits(68).says("may still run", TASK)


def test_a_refusal_to_stop_that_passes(gate):
    gate.options = {"--timeout": "20s"}
    gate.script["ecs describe-tasks"] = [running() | {"seconds": 4}] * 6 + [task(code=143, stopCode="UserInitiated", stoppedReason="limit")]
    gate.script["ecs stop-task"].insert(0, error("ThrottlingException", "StopTask", "Rate exceeded"))
    gate.script["logs get-log-events"] = [NO_STREAM]
    assert len(gate.run().exits(67).calls("ecs stop-task")) == 2


def test_a_log_that_grows_without_end_does_not_stop_the_clock(gate):
    gate.options = {"--timeout": "20s"}
    gate.script["ecs describe-tasks"] = [running()]
    gate.script["logs get-log-events"] = [page(f"f/{number}", f"line {number}") for number in range(500)]
    process = gate.start()
    gate.await_call("ecs stop-task", 45)
    process.kill()
    process.wait(timeout=10)


# --- the log


@pytest.mark.parametrize(
    "line",
    ['{"event":"progress","changeSet":"x"}', '{"event":"progress","elapsedMs":"3s"}', '{"event":"lock.waiting","blockers":["a"]}',
     '[{"event":"run.finished"}]', 'x "event":"run.finished" y', '{"event":"run.finished","databaseTouched":{"a":1}} trailing'],
)  # fmt: skip
def test_lines_of_another_program_are_shown_as_they_are(gate, line):
    gate.script["logs get-log-events"] = [page("f/1", finished(), line), page("f/1")]
    gate.run().exits(0).says(line, "It ended 0.", "Database touched: yes")


def test_what_the_database_said_is_no_workflow_command(gate):
    gate.environment = {"GITHUB_ACTIONS": "true"}
    gate.script["ecs describe-tasks"] = [task(code=1)]
    forged = finished(1).replace("It ended 1.", "first\\n::error title=forged::from SQL")
    gate.script["logs get-log-events"] = [page("f/1", forged), page("f/1")]
    output = gate.run().exits(1).output
    token = output[output.index("::stop-commands::") :].splitlines()[0].removeprefix("::stop-commands::")
    assert "::error title=forged" not in output[output.index(f"\n::{token}::\n") :].replace("%0A::error title=forged", "")


def test_outputs_hold_words_and_numbers_only(gate):
    gate.environment = {"GITHUB_OUTPUT": str(gate.folder / "outputs")}
    forged = json.loads(finished()) | {"outcome": "done\nexit-code=0", "appliedCount": "1\ntask-arn=evil"}
    gate.script["logs get-log-events"] = [page("f/1", json.dumps(forged, separators=(",", ":"))), page("f/1")]
    gate.run().exits(0)
    assert (gate.folder / "outputs").read_text() == f"task-arn={TASK}\ntask-arn={TASK}\nexit-code=0\noutcome=done\napplied=0\n"


def test_outputs_that_cannot_be_written_change_nothing(gate):
    gate.environment = {"GITHUB_OUTPUT": "/nonexistent/outputs"}
    gate.run().exits(0)


def test_no_place_for_temporary_files_and_help(gate):
    gate.environment = {"TMPDIR": "/nonexistent"}
    gate.run().exits(64)
    gate.environment = {}
    asked = subprocess.run([gate.script_file, "--help"], env=gate.variables(), capture_output=True, text=True, check=False)
    assert (asked.returncode, "usage: ecs/run-task" in asked.stdout) == (0, True)



def test_the_last_lines_come_after_the_task_has_stopped(gate):
    gate.script["logs get-log-events"] = [page("f/1"), page("f/1"), page("f/1"), page("f/2", "the last words", finished()), page("f/2")]
    gate.run().exits(0).says("the last words", "It ended 0.")


def test_an_empty_page_is_not_the_end(gate):
    gate.script["logs get-log-events"] = [page("f/1", "one"), page("f/2"), page("f/3", "two", finished()), page("f/3")]
    gate.run().exits(0).says("one\n", "two\n")


def test_a_stream_that_comes_late_or_never(gate):
    missing = error("ResourceNotFoundException", "GetLogEvents", "The specified log stream does not exist.")
    gate.script["logs get-log-events"] = [missing, missing, page("f/1", "late", finished()), page("f/1")]
    gate.run().exits(0).says("late")


def test_no_stream_at_all_changes_nothing_in_the_verdict(gate):
    gate.script["logs get-log-events"] = [error("ResourceNotFoundException", "GetLogEvents", "The specified log stream does not exist.")]
    gate.run().exits(0).says("No log arrived from /lk", "Database touched: unknown")


def test_a_log_that_may_not_be_read_changes_nothing_in_the_verdict(gate):
    gate.script["logs get-log-events"] = [error("AccessDeniedException", "GetLogEvents", "not authorized to perform: logs:GetLogEvents")]
    gate.script["ecs describe-tasks"] = [running(), task(code=1)]
    ended = gate.run().exits(1).says("The log can't be read", "A change set failed")
    assert len(ended.calls("logs get-log-events")) == 1


def test_lines_that_look_like_workflow_commands_are_no_commands(gate):
    gate.environment = {"GITHUB_ACTIONS": "true"}
    evil = "::set-output name=x::y"
    gate.script["logs get-log-events"] = [page("f/1", evil, "##[error]x", "\x1b[31mred\x07", finished()), page("f/1")]
    output = gate.run().exits(0).output
    stop = output.index("::stop-commands::")
    token = output[stop:].splitlines()[0].removeprefix("::stop-commands::")
    assert stop < output.index(evil) < output.index(f"\n::{token}::\n")
    assert "\x1b" not in output and "\x07" not in output


@pytest.mark.parametrize(
    ("file", "place"),
    [("changes/0017.sql", "file=db/changes/0017.sql,line=4,"), ("other.sql", "file=other.sql,line=4,"), ("a,b::c", "")],
)
def test_the_annotation_is_at_the_statement_that_failed(gate, file, place):
    checkout = gate.folder / "checkout"
    (checkout / "db/changes").mkdir(parents=True)
    (checkout / "db/changes/0017.sql").write_text("SELECT 1 / 0;")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", str(checkout), *words], check=True)
    gate.environment = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(checkout)}
    gate.script["ecs describe-tasks"] = [task(code=1)]
    gate.script["logs get-log-events"] = [page("f/1", finished(1, failed={"sourceFile": file, "sourceLine": 4})), page("f/1")]
    gate.run().exits(1).says(f"::error {place}title=Lockkeeper::")


def test_outputs_and_annotation_for_the_runner(gate):
    gate.environment = {"GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(gate.folder / "outputs")}
    gate.script["ecs describe-tasks"] = [task(code=1)]
    failed = event("changeset.failed", changeSet={"file": "a.sql", "id": "2", "author": "me"}, sqlState="22012", message="division by `zero`")
    gate.script["logs get-log-events"] = [page("f/1", failed, finished(1).replace("It ended 1.", "One.\\nTwo: 100%.")), page("f/1")]
    ended = gate.run().exits(1).says("::error title=Lockkeeper::One.%0ATwo: 100%25.")
    assert (gate.folder / "outputs").read_text() == f"task-arn={TASK}\ntask-arn={TASK}\nexit-code=1\noutcome=ended\napplied=2\n"
    assert "`a.sql::2`" in ended.summary() and "22012" in ended.summary()


# --- the gate itself is cancelled


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_cancelled_job_stops_its_task_at_once(gate, number, code):
    gate.script["ecs describe-tasks"] = [running()]
    process = gate.start()
    gate.cancelled(process, number).exits(code).says("was asked to stop the task", "Database touched: unknown")
    assert len(gate.calls("ecs stop-task")) == 1


def test_cancelled_while_a_call_hangs(gate):
    gate.script["ecs describe-tasks"] = [running() | {"hang": True}]
    process = gate.start()
    gate.cancelled(process, signal.SIGINT).exits(130)
    assert len(gate.calls("ecs stop-task")) == 1


def test_cancelled_before_anything_was_started(gate):
    gate.script["ecs list-tasks"] = [{"out": {"taskArns": []}, "hang": True}]
    process = gate.start()
    gate.await_call("ecs list-tasks")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 143
    assert not gate.calls("ecs stop-task")
    assert "No task was started" in (gate.folder / "output").read_text()


def test_cancelled_while_the_task_is_being_started(gate):
    gate.script["ecs run-task"][0]["seconds"] = 2
    process = gate.start()
    gate.await_call("ecs run-task")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130
    assert TASK in " ".join(gate.calls("ecs stop-task")[0])


def test_cancelled_while_ecs_takes_long_to_start_the_task(gate):
    gate.script["ecs run-task"][0]["seconds"] = 30
    process = gate.start()
    gate.await_call("ecs run-task")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 143
    said = (gate.folder / "output").read_text()
    assert "hasn't answered" in said and "Database touched: unknown" in said


def test_the_end_of_its_parent_stops_the_task(gate):
    gate.script["ecs describe-tasks"] = [running()]
    process = gate.start("bash", "-c", '"$0" "$@"; exit')
    gate.await_call("ecs describe-tasks")
    process.kill()
    process.wait(timeout=10)
    gate.await_call("ecs stop-task", 15)


def test_output_that_nobody_reads_any_more_stops_the_task(gate):
    gate.script["ecs describe-tasks"] = [running()]
    gate.script["logs get-log-events"] = [page(f"f/{number}", f"line {number}") for number in range(200)]
    process = gate.start("bash", "-c", '"$0" "$@" | head -3')
    gate.await_call("ecs stop-task", 30)
    process.wait(timeout=10)


def test_a_defect_of_its_own_is_no_ending_of_the_containers(gate):
    gate.script_file = shutil.copytree(gate.script_file.parent, gate.folder / "ecs") / "run-task"
    (gate.folder / "ecs" / "verdict.jq").write_text("error")
    ended = gate.run().exits(68).says("The gate itself failed", TASK, "Database touched: unknown")
    assert len(ended.calls("ecs stop-task")) == 1


def test_the_parameters_say_nothing_of_the_environment(gate):
    gate.environment = {"AWS_SECRET_ACCESS_KEY": "very-secret-key"}
    gate.run().exits(0)
    assert "very-secret-key" not in (gate.folder / "calls.jsonl").read_text()


# --- a snapshot first


def test_a_snapshot_is_awaited_before_anything_runs(gate):
    gate.options = {"--snapshot": "orders"}
    gate.script["rds create-db-snapshot"] = [{"out": {"DBSnapshot": {"Status": "creating"}}}]
    gate.script["rds describe-db-snapshots"] = [{"out": {"DBSnapshots": [{"Status": "available"}]}}]
    ended = gate.run().exits(0).says("is available")
    words = ended.calls("rds create-db-snapshot")[0]
    assert words[words.index("--db-instance-identifier") + 1] == "orders"


def test_a_snapshot_that_fails_starts_nothing(gate):
    gate.options = {"--snapshot": "cluster:orders"}
    gate.script["rds create-db-cluster-snapshot"] = [error("DBClusterNotFoundFault", "CreateDBClusterSnapshot", "DBCluster orders not found")]
    assert not gate.run().exits(65).says("not found", "Database touched: no").calls("ecs run-task")


def test_a_service_that_is_gone(gate):
    gate.script["ecs describe-services"] = [{"out": {"services": [service() | {"status": "INACTIVE"}]}}]
    gate.run().exits(65).says("no active service app")


def test_the_image_is_named_in_the_summary(gate):
    assert IMAGE in gate.run().exits(0).summary()
