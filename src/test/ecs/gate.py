"""Runs ecs/run-task against the scripted aws, and records its calls and its end."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[3]
IMAGE = "1.dkr.ecr.eu-central-1.amazonaws.com/lockkeeper@sha256:" + "a" * 64
TASK = "arn:aws:ecs:eu-central-1:123456789012:task/c/0123456789abcdef"
DEFINITION = "arn:aws:ecs:eu-central-1:123456789012:task-definition/lockkeeper:3"


def error(code: str, operation: str, text: str = "said no") -> dict:
    return {"error": f"An error occurred ({code}) when calling the {operation} operation: {text}"}


def event(name: str, **more: object) -> str:
    return json.dumps({"time": "2026-01-01T10:00:00.000Z", "level": "info", "event": name} | more, separators=(",", ":"))


def finished(code: int = 0, touched: str = "yes", **more: object) -> str:
    outcome = {"outcome": "done" if code == 0 else "ended", "exitCode": code, "databaseTouched": touched, "happened": f"It ended {code}."}
    return event("run.finished", **outcome, whatNow="Read this.", appliedCount=2, **more)


def task(status: str = "STOPPED", code: int | None = 0, **more: object) -> dict:
    container = {"name": "lockkeeper", "lastStatus": status, "runtimeId": "r-1"} | ({} if code is None else {"exitCode": code})
    answer = {"taskArn": TASK, "lastStatus": status, "startedAt": "2026-01-01T10:00:00Z", "containers": [container]}
    if status == "STOPPED":
        answer |= {"stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited"}
    return {"out": {"tasks": [answer | more], "failures": []}}


def running() -> dict:
    return task("RUNNING", None, desiredStatus="RUNNING")


def page(token: str, *lines: str) -> dict:
    return {"out": {"events": [{"timestamp": 1, "message": line} for line in lines], "nextForwardToken": token}}


def normal() -> dict:
    """The script of a successful run, which each test changes."""
    registered = {"taskDefinition": definition() | {"taskDefinitionArn": DEFINITION}}
    return {
        "ecs describe-task-definition": [error("ClientException", "DescribeTaskDefinition", "Unable to describe task definition.")],
        "ecs register-task-definition": [{"out": registered}],
        "ecs describe-services": [{"out": {"services": [service()]}}],
        "ecs list-tasks": [{"out": {"taskArns": []}}],
        "ecs run-task": [{"out": {"tasks": [{"taskArn": TASK}], "failures": []}}],
        "ecs describe-tasks": [running(), task()],
        "ecs stop-task": [{"out": {"task": {}}}],
        "logs get-log-events": [page("f/1", event("run.started", command="migrate", version="1", changelog="x")), page("f/2", finished()), page("f/2")],
    }


def service() -> dict:
    network = {"subnets": ["subnet-1"], "securityGroups": ["sg-app"], "assignPublicIp": "DISABLED"}
    return {"status": "ACTIVE", "networkConfiguration": {"awsvpcConfiguration": network}}


def definition() -> dict:
    """The shipped task definition as ECS would have registered it."""
    values = {"EXECUTION_ROLE_ARN": "arn:e", "TASK_ROLE_ARN": "arn:t", "LOG_GROUP": "/lk", "DATABASE_SECRET_ARN": "arn:s", "AWS_REGION": "eu-central-1"}
    text = (ROOT / "ecs" / "task-definition.json").read_text()
    for name, value in (values | {"CPU_ARCHITECTURE": "X86_64"}).items():
        text = text.replace("${" + name + "}", value)
    filled = json.loads(text)
    filled["containerDefinitions"][0]["image"] = IMAGE
    return filled


@dataclass
class Gate:
    folder: Path
    script: dict = field(default_factory=normal)
    environment: dict = field(default_factory=dict)
    options: dict = field(default_factory=dict)
    command: list = field(default_factory=list)
    script_file: Path = ROOT / "ecs" / "run-task"

    def arguments(self) -> list[str]:
        options = {"--cluster": "c", "--task-definition": str(ROOT / "ecs/task-definition.json"), "--image": IMAGE} | {"--service": "app"}
        words = [word for name, value in (options | self.options).items() if value is not None for word in (name, value)]
        return [str(self.script_file), *words, "--summary", str(self.folder / "summary.md"), *(["--", *self.command] if self.command else [])]

    def variables(self) -> dict[str, str]:
        (self.folder / "script.json").write_text(json.dumps(self.script))
        bin_folder = self.folder / "bin"
        bin_folder.mkdir(exist_ok=True)
        aws = bin_folder / "aws"
        aws.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/src/test/ecs/fake_aws.py" "$@"\n')
        aws.chmod(0o755)
        roles = {"EXECUTION_ROLE_ARN": "arn:e", "TASK_ROLE_ARN": "arn:t", "LOG_GROUP": "/lk", "DATABASE_SECRET_ARN": "arn:s"}
        own = {"PATH": f"{bin_folder}:{os.environ['PATH']}", "HOME": str(self.folder), "FAKE_AWS": str(self.folder), "AWS_REGION": "eu-central-1"}
        return own | roles | self.environment

    def run(self) -> "Ended":
        self.log = self.folder / "output"
        done = subprocess.run(
            self.arguments(), env=self.variables(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=False
        )
        return Ended(done.returncode, done.stdout, self)

    def start(self, *through: str) -> subprocess.Popen:
        """Starts it in a new process group, like a step on a runner; through a shell, if one is given."""
        with open(self.folder / "output", "w") as output:
            return subprocess.Popen([*through, *self.arguments()], env=self.variables(), stdout=output, stderr=output, start_new_session=True)

    def cancelled(self, process: subprocess.Popen, number: signal.Signals) -> "Ended":
        self.await_call("ecs describe-tasks")
        process.send_signal(number)
        return Ended(process.wait(timeout=10), (self.folder / "output").read_text(), self)

    def await_call(self, operation: str, seconds: float = 20) -> None:
        ends = time.monotonic() + seconds
        while not self.calls(operation):
            assert time.monotonic() < ends, (self.folder / "output").read_text()
            time.sleep(0.05)

    def calls(self, operation: str) -> list:
        file = self.folder / "calls.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        return [call["parameters"] for call in map(json.loads, lines) if call["operation"] == operation]


@dataclass
class Ended:
    code: int
    output: str
    gate: Gate

    def exits(self, code: int) -> "Ended":
        assert self.code == code, self.output
        return self

    def says(self, *words: str) -> "Ended":
        for each in words:
            assert each in self.output, self.output
        return self

    def calls(self, operation: str) -> list:
        return self.gate.calls(operation)

    def summary(self) -> str:
        return (self.gate.folder / "summary.md").read_text()
