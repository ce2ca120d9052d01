"""ecs/roll-out against a scripted `aws`: its calls, and how it judges the answers."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROLL_OUT = Path(__file__).parents[3] / "ecs" / "roll-out"
ARN = "arn:aws:ecs:eu-central-1:123456789012:task-definition"
OLD = f"1.dkr.ecr.eu-central-1.amazonaws.com/app@sha256:{'0' * 64}"
NEW = f"1.dkr.ecr.eu-central-1.amazonaws.com/app@sha256:{'1' * 64}"

# Answers call after call, and repeats the last answer. An answer may be an error's text, or "hang".
FAKE_AWS = """
import json, os, pathlib, sys, time
here = pathlib.Path(os.environ["FAKE_AWS"])
command = " ".join(sys.argv[1:3])
calls = here / "calls"
known = calls.read_text().splitlines() if calls.exists() else []
given = [pathlib.Path(word[7:]).read_text() for word in sys.argv if word.startswith("file://")]
with calls.open("a") as file:
    file.write(json.dumps([command, sys.argv[3:], *map(json.loads, given)]) + "\\n")
answers = json.loads((here / "answers.json").read_text())[command]
answer = answers[min(sum(json.loads(call)[0] == command for call in known), len(answers) - 1)]
if answer == "hang":
    time.sleep(30)
if isinstance(answer, str):
    sys.exit("\\n" + answer)
print(json.dumps(answer))
"""


def deployment(name="ecs-svc/2", revision=43, status="PRIMARY", state="IN_PROGRESS", reason="", running=0, failed=0):
    return {
        "id": name,
        "status": status,
        "taskDefinition": f"{ARN}/app:{revision}",
        "rolloutState": state,
        "rolloutStateReason": reason,
        "desiredCount": 2,
        "pendingCount": 2 - running,
        "runningCount": running,
        "failedTasks": failed,
    }


BEFORE = deployment("ecs-svc/1", 42, state="COMPLETED", running=2)
RETIRED = BEFORE | {"status": "ACTIVE"}
STARTED = deployment()
DONE = deployment(state="COMPLETED", running=2)
BREAKER = "ECS deployment circuit breaker: tasks failed to start."
BACK = deployment("ecs-svc/1", 42, reason="ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.")


def services(*deployments, **more):
    service = {
        "serviceName": "app",
        "status": "ACTIVE",
        "taskDefinition": f"{ARN}/app:42",
        "deploymentController": {"type": "ECS"},
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}},
        "deployments": list(deployments),
        "events": [],
    }
    return {"services": [service | more], "failures": []}


def family(*containers, revision=42, **more):
    definition = {
        "taskDefinitionArn": f"{ARN}/app:{revision}",
        "family": "app",
        "revision": revision,
        "status": "ACTIVE",
        "cpu": "256",
        "memory": "512",
        "networkMode": "awsvpc",
        "requiresAttributes": [{"name": "x"}],
        "compatibilities": ["FARGATE"],
        "registeredAt": 1.5,
        "registeredBy": "arn:aws:iam::1:role/x",
        "containerDefinitions": list(containers or [app()]),
    }
    return {"taskDefinition": definition} | more


def app(image=OLD, name="app"):
    return {"name": name, "image": image, "essential": True, "environment": [{"name": "A", "value": "1"}]}


class RollOut:
    """The script with a scripted AWS."""

    def __init__(self, folder):
        self.folder = folder
        self.summary, self.calls_file = folder / "summary", folder / "calls"
        programs = folder / "bin"
        programs.mkdir()
        self._program(programs / "aws", f"#!{sys.executable}\n{FAKE_AWS}")
        self._program(programs / "sleep", "#!/bin/sh\nexec /bin/sleep 0.01\n")
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "FAKE_AWS": str(folder),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "TMPDIR": str(folder),
        }
        self.answers = {
            "ecs describe-services": [services(BEFORE), services(STARTED, RETIRED), services(DONE)],
            "ecs describe-task-definition": [family()],
            "ecs register-task-definition": [{"taskDefinition": {"taskDefinitionArn": f"{ARN}/app:43"}}],
            "ecs update-service": [{"service": services(STARTED, RETIRED)["services"][0]}],
        }

    def _program(self, path, text):
        path.write_text(text)
        path.chmod(0o755)

    def then(self, *answers):
        """Sets the answers of DescribeServices after the update."""
        self.answers["ecs describe-services"] = [services(BEFORE), *answers]

    def start(self, *more, **environment):
        (self.folder / "answers.json").write_text(json.dumps(self.answers))
        return subprocess.Popen(
            [ROLL_OUT, "--cluster", "main", "--service", "app", "--image", NEW, *more],
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *more, **environment):
        process = self.start(*more, **environment)
        self.log = process.communicate(timeout=60)[0]
        return process.returncode

    def calls(self, command):
        if not self.calls_file.exists():
            return []
        return [
            call for call in map(json.loads, self.calls_file.read_text().splitlines()) if call[0] == f"ecs {command}"
        ]

    def said(self):
        return self.summary.read_text() if self.summary.exists() else ""


@pytest.fixture
def roll_out(tmp_path):
    return RollOut(tmp_path)


def test_rolls_out_the_new_image_and_waits_for_its_deployment(roll_out):
    assert roll_out.run() == 0, roll_out.log
    assert "Rolled out: app:43" in roll_out.log
    assert roll_out.said() == f"**Roll-out of app:** Rolled out: app:43 with {NEW}.\n\n"
    [update] = roll_out.calls("update-service")
    assert update[1][update[1].index("--task-definition") + 1] == f"{ARN}/app:43"
    assert "--force-new-deployment" not in update[1]


def test_changes_nothing_but_the_image(roll_out):
    tags = [{"key": "team", "value": "x"}, {"key": "aws:cloudformation:stack-name", "value": "y"}]
    roll_out.answers["ecs describe-task-definition"] = [family(app(), app("proxy:1", "proxy"), tags=tags)]
    assert roll_out.run("--container", "app") == 0, roll_out.log
    [[_, _, registered]] = roll_out.calls("register-task-definition")
    assert registered == {
        "family": "app",
        "cpu": "256",
        "memory": "512",
        "networkMode": "awsvpc",
        "tags": tags[:1],
        "containerDefinitions": [app(NEW), app("proxy:1", "proxy")],
    }


def test_registers_no_revision_if_the_latest_has_the_image(roll_out):
    roll_out.answers["ecs describe-task-definition"] = [family(app(NEW), revision=43)]
    assert roll_out.run() == 0, roll_out.log
    assert roll_out.calls("register-task-definition") == []


def test_the_family_is_the_services_own_unless_given(roll_out):
    assert roll_out.run() == 0, roll_out.log
    assert roll_out.run("--family", "other") == 0, roll_out.log
    assert [call[1][1] for call in roll_out.calls("describe-task-definition")] == ["app", "other"]


def test_a_deployment_that_the_circuit_breaker_failed(roll_out):
    failed = deployment(state="FAILED", reason=BREAKER, failed=3)
    roll_out.then(
        services(STARTED), services(failed, RETIRED, events=[{"message": "(service app) unable to place a task"}])
    )
    assert roll_out.run() == 66, roll_out.log
    assert BREAKER in roll_out.said() and "unable to place a task" in roll_out.log


def test_a_deployment_that_was_rolled_back(roll_out):
    roll_out.then(services(STARTED), services(BACK, deployment(status="ACTIVE", state="FAILED", reason=BREAKER)))
    assert roll_out.run() == 66, roll_out.log
    assert BREAKER in roll_out.said() and "rolling back to deploymentId ecs-svc/1" in roll_out.said()


def test_a_rollback_that_is_over_is_no_success(roll_out):
    roll_out.then(services(STARTED), services(BACK | {"rolloutState": "COMPLETED", "runningCount": 2}))
    assert roll_out.run(GATE_TEST_MISSING_SECONDS="0") == 66, roll_out.log
    assert "app:42 is primary now" in roll_out.said()


def test_a_deployment_that_another_one_overtook(roll_out):
    roll_out.then(services(deployment("ecs-svc/3", 44), deployment(status="ACTIVE")))
    assert roll_out.run() == 66, roll_out.log
    assert "ecs-svc/3 of app:44 is primary now" in roll_out.said()


def test_an_answer_from_before_the_update_means_nothing(roll_out):
    roll_out.then(services(BEFORE), services(STARTED), services(DONE))
    assert roll_out.run() == 0, roll_out.log


def test_says_how_far_it_is_and_says_it_once(roll_out):
    roll_out.then(*[services(STARTED)] * 3, services(deployment(running=1)), services(DONE))
    assert roll_out.run() == 0, roll_out.log
    assert roll_out.log.count("0 of 2 tasks run, 2 pending, 0 failed") == 1
    assert "1 of 2 tasks run, 1 pending" in roll_out.log


def test_the_time_limit(roll_out):
    roll_out.then(services(STARTED, events=[{"message": "(service app) has started 1 tasks"}]))
    assert roll_out.run("--timeout", "1s") == 67, roll_out.log
    assert "Not rolled out within 1s; ECS continues: 0 of 2 tasks run" in roll_out.said()
    assert "has started 1 tasks" in roll_out.log


def test_a_failed_deployment_of_the_same_revision_is_started_again(roll_out):
    roll_out.answers["ecs describe-task-definition"] = [family(app(NEW), revision=43)]
    failed = deployment("ecs-svc/0", state="FAILED", reason=BREAKER)
    roll_out.answers["ecs describe-services"][0] = services(failed)
    assert roll_out.run() == 0, roll_out.log
    assert "--force-new-deployment" in roll_out.calls("update-service")[0][1]


def test_passing_trouble_is_waited_out(roll_out):
    throttled = "An error occurred (ThrottlingException) when calling the DescribeServices operation: Rate exceeded"
    roll_out.answers["ecs update-service"].insert(0, "Could not connect to the endpoint URL")
    roll_out.then(throttled, services(STARTED), throttled, services(DONE))
    assert roll_out.run() == 0, roll_out.log


@pytest.mark.parametrize("command", ["describe-task-definition", "register-task-definition", "update-service"])
def test_what_is_denied_leaves_the_service_untouched(roll_out, command):
    denied = "An error occurred (AccessDeniedException) when calling it: not authorized to perform ecs:Something"
    roll_out.answers[f"ecs {command}"] = [denied]
    assert roll_out.run() == 65, roll_out.log
    assert "not authorized to perform ecs:Something" in roll_out.said()
    assert len(roll_out.calls("update-service")) == (command == "update-service")


def test_credentials_that_expire_while_it_waits(roll_out):
    expired = "An error occurred (ExpiredTokenException) when calling the DescribeServices operation: expired"
    roll_out.then(services(STARTED), expired)
    assert roll_out.run() == 68, roll_out.log
    assert "ecs-svc/2 continues, but its state can't be read" in roll_out.said()


def test_an_update_that_names_no_deployment_of_ours(roll_out):
    roll_out.answers["ecs update-service"] = [{"service": services(BEFORE)["services"][0]}]
    assert roll_out.run() == 68, roll_out.log
    assert "names no deployment of app:43" in roll_out.said()


def test_an_update_whose_answer_is_lost_for_good(roll_out):
    roll_out.answers["ecs update-service"] = ["Read timeout on endpoint URL"]
    assert roll_out.run("--timeout", "1s") == 68, roll_out.log


@pytest.mark.parametrize(
    ("service", "why"),
    [
        ({"services": [], "failures": [{"reason": "MISSING"}]}, "no such active service"),
        (services(BEFORE, status="DRAINING"), "no such active service"),
        (services(BEFORE, deploymentController={"type": "CODE_DEPLOY"}), "CODE_DEPLOY"),
        (services(BEFORE, deploymentConfiguration={"strategy": "BLUE_GREEN"}), "BLUE_GREEN"),
    ],
)
def test_a_service_that_cannot_be_rolled_out(roll_out, service, why):
    roll_out.answers["ecs describe-services"] = [service]
    assert roll_out.run() == 64, roll_out.log
    assert why in roll_out.said() and not roll_out.calls("update-service")


def test_a_service_without_circuit_breaker_is_warned_of(roll_out):
    roll_out.answers["ecs describe-services"][0] = services(BEFORE, deploymentConfiguration={})
    assert roll_out.run() == 0, roll_out.log
    assert "Warning: app has no deployment circuit breaker" in roll_out.log


@pytest.mark.parametrize("words", [["--container", "web"], []])
def test_which_container_must_be_clear(roll_out, words):
    roll_out.answers["ecs describe-task-definition"] = [family(app(), app("proxy:1", "proxy"))]
    assert roll_out.run(*words) == 64, roll_out.log
    assert "--container: app has app, proxy" in roll_out.said()


@pytest.mark.parametrize(
    "words", [["--timeout", "soon"], ["--timeout", ""], ["--cluster", ""], ["--what"], ["--family"]]
)
def test_bad_input(roll_out, words):
    assert roll_out.run(*words) == 64, roll_out.log
    assert not roll_out.calls_file.exists()


def test_an_image_by_tag_is_warned_of(roll_out):
    assert roll_out.run("--image", "app:latest") == 0, roll_out.log
    assert "isn't named by digest" in roll_out.log


def test_annotations_are_github_s_alone(roll_out):
    assert roll_out.run() == 0 and "::" not in roll_out.log
    roll_out.calls_file.unlink()
    roll_out.then(services(deployment(state="FAILED", reason="100% of\ntasks")))
    assert roll_out.run(GITHUB_ACTIONS="true") == 66
    assert re.search(r"^::error title=Roll-out::Failed or rolled back: .* 100%25 of tasks$", roll_out.log, re.MULTILINE)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_while_it_waits_ends_it_at_once(roll_out, number, code):
    roll_out.then(services(STARTED), "hang")
    assert interrupted(roll_out, number, "describe-services", 3) == code
    assert "ECS continues with ecs-svc/2 to app:43" in roll_out.said()


def test_a_signal_before_the_update_leaves_the_service_untouched(roll_out):
    roll_out.answers["ecs register-task-definition"] = ["hang"]
    assert interrupted(roll_out, signal.SIGINT, "register-task-definition", 1) == 130
    assert "The service is untouched" in roll_out.said() and not roll_out.calls("update-service")


def interrupted(roll_out, number, command, times):
    """The exit code if the signal arrives during the nth call of `command`."""
    process = roll_out.start()
    deadline = time.monotonic() + 20
    while len(roll_out.calls(command)) < times and time.monotonic() < deadline:
        time.sleep(0.02)
    sent = time.monotonic()
    process.send_signal(number)
    code = process.wait(timeout=20)
    assert time.monotonic() - sent < 5, "GitHub sends SIGTERM after 7.5 seconds"
    return code


def test_leaves_no_files_behind(roll_out):
    assert roll_out.run() == 0
    assert not list(roll_out.folder.glob("tmp.*"))
