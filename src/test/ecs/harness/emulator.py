"""An emulated account for each test process, so that a fault affects only its own. The servers are shared."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from harness.account import ROOT, Account, exports
from harness.wait import wait_until


@contextmanager
def beside(shared: Account, name: str) -> Iterator[Account]:
    """Another emulator, with the registry and the PostgreSQL of the one that is up."""
    state = ROOT / "target/fargate" / name
    state.mkdir(exist_ok=True)
    (state / "env").unlink(missing_ok=True)
    with (state / "emulator.log").open("w") as log:
        process = subprocess.Popen(_command(shared, str(state)), env=_environment(shared), stdout=log, stderr=log)
    try:
        wait_until((state / "env").exists, 60, (state / "emulator.log").read_text)
        yield Account(exports(state / "env") or {})
    finally:
        process.terminate()
        process.wait(60)


def _secret(shared: Account) -> dict[str, str]:
    arn = shared.variables["DATABASE_SECRET_ARN"]
    return json.loads(shared.secrets.get_secret_value(SecretId=arn)["SecretString"])


def _command(shared: Account, state: str) -> list[str]:
    options = {
        "--state": state,
        "--registry": shared.variables["IMAGE"].partition("/")[0],
        "--image": shared.variables["IMAGE"],
        "--app-image": shared.variables["APP_IMAGE"],
        "--database-port": str(_secret(shared)["port"]),
    }
    return [sys.executable, "-m", "emulator", *(word for option in options.items() for word in option)]


def _environment(shared: Account) -> dict[str, str]:
    own = {"PYTHONPATH": str(ROOT / "src/test/ecs"), "DATABASE_PASSWORD": _secret(shared)["password"]}
    return {**os.environ, **own, "AWS_CONFIG_FILE": "/dev/null"}
