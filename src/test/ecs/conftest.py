"""Fixtures of the end-to-end tests (test_fargate.py). The other tests don't need what they import."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from harness.account import Account
    from harness.database import Database
    from harness.deploy import Deploy

# In the background of a shell, this process ignores SIGINT, and so would the gates that the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# Which of several test processes this is; empty if there is only one.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


@pytest.fixture(scope="session")
def up() -> Iterator["Account"]:
    """What `fargate up` starts. If it wasn't up, it is started here and ended again."""
    for package in ("boto3", "docker", "psycopg"):
        pytest.importorskip(package, reason="src/test/ecs/fargate test brings what these tests need")
    from harness.account import SCRIPT, Account, exports

    found = exports()
    assert found or not WORKER, "src/test/ecs/fargate up first, since several processes share it"
    if not found:
        subprocess.run([SCRIPT, "up"], check=True)
    yield Account(found or exports() or {})
    if not found:
        subprocess.run([SCRIPT, "down"], check=True)


@pytest.fixture(scope="session")
def account(up: "Account") -> Iterator["Account"]:
    """The emulated account of this test process."""
    from harness.emulator import beside

    if not WORKER:
        yield up
        return
    with beside(up, WORKER) as own:
        yield own


@pytest.fixture(scope="session")
def image(account: "Account") -> str:
    from harness.image import with_changes

    return with_changes(account.variables["IMAGE"], WORKER or "latest")


@pytest.fixture
def database(account: "Account") -> Iterator["Database"]:
    from harness.database import Database

    database = Database(account)
    yield database
    database.drop()


@pytest.fixture
def deploy(account: "Account", database: "Database", image: str, tmp_path: Path) -> Iterator["Deploy"]:
    """A deploy that hasn't begun. Checks at the end that the app's service is unchanged."""
    from harness.deploy import Deploy
    from harness.wait import wait_until

    before = account.service()
    deploy = Deploy(account, database, tmp_path, image)
    yield deploy
    account.calm_down()
    for task in account.tasks(deploy.family):
        account.ecs.stop_task(cluster="test", task=task["taskArn"])
    wait_until(lambda: all(task["lastStatus"] == "STOPPED" for task in account.tasks(deploy.family)))
    assert account.service()["taskDefinition"] == before["taskDefinition"]
    assert [each["id"] for each in account.service()["deployments"]] == [each["id"] for each in before["deployments"]]
