"""The emulated account: tests read its state, and inject faults into it."""

import json
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3

from harness.wait import wait_until

ROOT = Path(__file__).parents[4]
SCRIPT = ROOT / "src/test/ecs/fargate"


def exports(more: Path | None = None) -> dict[str, str] | None:
    """The variables that `fargate env` prints, and those of another file of exports; None if nothing is up."""
    shell = 'eval "$("$0" env)" && . "$1" && env -0'
    clean = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    command = ["bash", "-ec", shell, str(SCRIPT), str(more or "/dev/null")]
    done = subprocess.run(command, env=clean, capture_output=True, text=True, check=False)
    if done.returncode != 0 or "AWS_ENDPOINT_URL=" not in done.stdout:
        return None
    return dict(line.partition("=")[::2] for line in done.stdout.split("\0") if line)


class Account:
    def __init__(self, variables: dict[str, str]) -> None:
        self.variables = variables
        self._session = boto3.Session("fixture", "fixture", region_name=variables["AWS_REGION"])
        self.ecs = self.client("ecs")
        self.secrets = self.client("secretsmanager")

    def client(self, service: str) -> Any:
        return self._session.client(service, endpoint_url=self.variables["AWS_ENDPOINT_URL"])

    def fault(self, kind: str, **more: Any) -> None:
        self._control("POST", "faults", {"kind": kind, **more})

    def await_strike(self) -> None:
        """Waits until all faults have happened as often as they were set to."""
        wait_until(lambda: self._control("GET", "faults") == [])

    def settings(self, **values: float | bool) -> None:
        self._control("POST", "settings", values)

    def interrupt(self, code: str, reason: str) -> None:
        self._control("POST", "interruption", {"code": code, "reason": reason})

    def calm_down(self) -> None:
        self._control("DELETE", "faults")
        self._control("DELETE", "settings")

    def tasks(self, family: str) -> list[dict[str, Any]]:
        """All tasks of a family, including stopped ones, the oldest first."""
        arns = [
            arn
            for status in ("RUNNING", "STOPPED")
            for arn in self.ecs.list_tasks(cluster="test", family=family, desiredStatus=status)["taskArns"]
        ]
        if not arns:
            return []
        found = self.ecs.describe_tasks(cluster="test", tasks=arns)["tasks"]
        return sorted(found, key=lambda task: task["createdAt"])

    def service(self, name: str = "app") -> dict[str, Any]:
        return self.ecs.describe_services(cluster="test", services=[name])["services"][0]

    def network(self) -> dict[str, Any]:
        return self.service()["networkConfiguration"]

    def _control(self, method: str, what: str, body: dict[str, Any] | None = None) -> Any:
        url = f"{self.variables['AWS_ENDPOINT_URL']}/fargate/{what}"
        data = json.dumps(body or {}).encode()
        with urllib.request.urlopen(urllib.request.Request(url, data, method=method), timeout=30) as answer:
            return json.loads(answer.read())["done"]


Change = Callable[[dict[str, Any]], None]
