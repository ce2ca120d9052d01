"""A deploy's migration step: the gate with its options, as a person or a runner calls it."""

import json
import os
import re
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.account import ROOT, Account, Change
from harness.database import Database
from harness.wait import wait_until

PATIENCE = 120


@dataclass
class Ended:
    code: int
    output: str
    summary: str

    def exits(self, code: int) -> "Ended":
        assert self.code == code, self.output
        return self

    def says(self, *words: str) -> "Ended":
        for each in words:
            assert re.search(each, self.output), f"{each!r} isn't in:\n{self.output}"
        return self

    def touched(self, answer: str) -> "Ended":
        return self.says(f"Database touched: {answer}")

    def summarizes(self, *words: str) -> "Ended":
        for each in words:
            assert re.search(each, self.summary), f"{each!r} isn't in:\n{self.summary}"
        return self


@dataclass
class Deploy:
    account: Account
    database: Database
    folder: Path
    image: str
    options: dict[str, str | None] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """A family for this test only, so that its tasks can be listed."""
        return f"lockkeeper-{self.database.name}"

    def definition(self, change: Change | None = None) -> Path:
        """The shipped task definition with the test's change."""
        definition = json.loads((ROOT / "ecs/task-definition.json").read_text())
        definition["family"] = self.family
        if change:
            change(definition)
        file = self.folder / "task-definition.json"
        file.write_text(json.dumps(definition))
        return file

    def registered(self) -> str:
        """Registers the shipped task definition, as another person would; returns its ARN."""
        text = self.definition().read_text()
        for name, value in {**self.account.variables, "DATABASE_SECRET_ARN": self.database.secret_arn}.items():
            text = text.replace("${" + name + "}", value)
        definition = json.loads(text)
        definition["containerDefinitions"][0]["image"] = self.image
        return self.account.ecs.register_task_definition(**definition)["taskDefinition"]["taskDefinitionArn"]

    def run(self, *command: str, change: Change | None = None) -> Ended:
        return self.begin(*command, change=change).ends()

    def begin(self, *command: str, change: Change | None = None) -> "Running":
        options = {
            "--cluster": "test",
            "--task-definition": str(self.definition(change)),
            "--image": self.image,
            "--service": "app",
            "--security-groups": self.account.variables["SECURITY_GROUPS"],
            "--summary": str(self.folder / "summary.md"),
            **self.options,
        }
        words = [word for name, value in options.items() if value is not None for word in (name, value)]
        arguments = [str(ROOT / "ecs/run-task"), *words, *(["--", *command] if command else [])]
        return Running(arguments, self._environment(), self.folder)

    def task(self) -> dict[str, Any]:
        """The only task that was started."""
        tasks = self.account.tasks(self.family)
        assert len(tasks) == 1, tasks
        return tasks[0]

    def stopped_task(self) -> dict[str, Any]:
        return wait_until(lambda: next((each for each in [self.task()] if each["lastStatus"] == "STOPPED"), None))

    def container(self, name: str = "lockkeeper") -> dict[str, Any]:
        return next(each for each in self.stopped_task()["containers"] if each["name"] == name)

    def _environment(self) -> dict[str, str]:
        own = {"HOME": str(self.folder), "DATABASE_SECRET_ARN": self.database.secret_arn}
        return {**self.account.variables, **own, **self.variables}


class Running:
    """A gate that runs, as the leader of a process group, like a step on a runner."""

    def __init__(self, arguments: list[str], environment: dict[str, str], folder: Path) -> None:
        self._folder = folder
        self._output = folder / "output"
        # A process can't trap a signal that its parent ignores, and a program in the background ignores SIGINT.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with self._output.open("w") as output:
            streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
            self._process = subprocess.Popen(arguments, env=environment, start_new_session=True, **streams)

    def output(self) -> str:
        return self._output.read_text()

    def says(self, words: str, seconds: float = 60) -> "Running":
        wait_until(lambda: re.search(words, self.output()), seconds, lambda: f"{words!r} isn't in:\n{self.output()}")
        return self

    def signal(self, number: signal.Signals) -> "Running":
        """Sends it only to the entry process, as a runner does."""
        self._process.send_signal(number)
        return self

    def kill(self) -> None:
        """Kills the whole process group at once, as when the machine fails."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def ends(self, seconds: float = PATIENCE) -> Ended:
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"still running after {seconds} s:\n{self.output()}") from None
        summary = self._folder / "summary.md"
        return Ended(code, self.output(), summary.read_text() if summary.exists() else "")
