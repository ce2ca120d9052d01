"""The life of a task: its states in order, what can fail in each, and how it ends.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
"""

import logging
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from botocore.client import BaseClient
from docker.errors import APIError, NotFound
from docker.models.containers import Container

from emulator.containers import Containers
from emulator.faults import Faults, Kind
from emulator.images import Images
from emulator.logs import LogStream
from emulator.secrets import Secrets
from emulator.settings import Settings
from emulator.start_failure import StartFailure, StoppedWhileStarting
from emulator.task import STOPPED, Part, Task

FARGATE_STOP_TIMEOUT = 30
OUT_OF_MEMORY = "OutOfMemoryError: Container killed due to memory usage"
POLL = 0.1


@dataclass(frozen=True)
class Platform:
    """What the life of a task needs from the emulator."""

    containers: Containers
    images: Images
    secrets: Secrets
    logs: BaseClient
    faults: Faults
    settings: Settings


class Lifecycle:
    def __init__(self, platform: Platform, task: Task) -> None:
        self._platform = platform
        self._task = task
        self._definitions = [_overridden(each, task.overrides) for each in task.definition["containerDefinitions"]]
        self._running: dict[str, Container] = {}
        self._pumps: list[threading.Thread] = []

    def begin(self) -> None:
        threading.Thread(target=self._live, name=self._task.id, daemon=True).start()

    def _live(self) -> None:
        try:
            self._start()
            self._watch()
        except StoppedWhileStarting:
            pass
        except StartFailure as failure:
            self._fail(failure)
        except Exception:
            logging.exception("task %s", self._task.id)
            self._fail(StartFailure("InternalError: the emulator's log says why"))
        finally:
            self._end()

    def _start(self) -> None:
        self._pass("PROVISIONING")
        if self._platform.faults.strike(Kind.NETWORK_INTERFACE):
            raise StartFailure("Timeout waiting for network interface provisioning to complete.")
        self._pass("PENDING")
        environments = {each["name"]: self._environment(each) for each in self._definitions}
        self._task.note_time("pullStartedAt")
        images = {each["name"]: self._platform.images.pull(each["image"], each["name"]) for each in self._definitions}
        self._task.note_time("pullStoppedAt")
        streams = {each["name"]: self._log_stream(each) for each in self._definitions}
        self._pass("ACTIVATING")
        for definition in self._definitions:
            name = definition["name"]
            image, self._task.part(name).image_digest = images[name]
            container = self._platform.containers.start(image, definition, self._task.definition, environments[name])
            self._running[name] = container
            part = self._task.part(name)
            part.last_status, part.runtime_id = "RUNNING", f"{self._task.id}-{container.short_id}"
            if stream := streams[name]:
                self._pumps.append(stream.follow(container))
        self._task.note_time("startedAt")
        self._task.enter("RUNNING")

    def _pass(self, status: str) -> None:
        """Passes through a state before RUNNING; a stop ends it early."""
        self._task.enter(status)
        if self._task.stop_requested.wait(self._platform.settings.way_up):
            raise StoppedWhileStarting

    def _environment(self, definition: dict[str, Any]) -> dict[str, str]:
        plain = {each["name"]: each["value"] for each in definition.get("environment") or []}
        return {**plain, **self._platform.secrets.values(definition)}

    def _log_stream(self, definition: dict[str, Any]) -> LogStream | None:
        configuration = definition.get("logConfiguration") or {}
        if configuration.get("logDriver") != "awslogs":
            return None
        options = configuration["options"]
        name = f"{options['awslogs-stream-prefix']}/{definition['name']}/{self._task.id}"
        stream = LogStream(self._platform.logs, self._platform.settings, options["awslogs-group"], name)
        stream.check(options.get("awslogs-create-group") == "true")
        return stream

    def _watch(self) -> None:
        while not self._task.stop_requested.wait(POLL):
            self._note_exits()
            if any(part.essential and part.last_status == STOPPED for part in self._task.parts):
                self._task.stop("EssentialContainerExited", "Essential container in task exited")

    def _note_exits(self) -> None:
        for name, container in list(self._running.items()):
            part = self._task.part(name)
            try:
                container.reload()
            except NotFound:
                part.last_status, part.reason = STOPPED, "ContainerRuntimeError: the container is gone"
                continue
            state = container.attrs["State"]
            if state["Status"] in ("exited", "dead"):
                _note_exit(part, state)

    def _fail(self, failure: StartFailure) -> None:
        self._task.stop("TaskFailedToStart", failure.reason)
        if failure.container:
            self._task.part(failure.container).reason = failure.reason

    def _end(self) -> None:
        task, pause = self._task, self._platform.settings.way_down
        for status in ("DEACTIVATING", "STOPPING"):
            task.enter(status)
            time.sleep(pause)
        self._stop_containers()
        task.note_time("executionStoppedAt")
        task.enter("DEPROVISIONING")
        time.sleep(pause)
        for part in task.parts:
            part.last_status = STOPPED
        task.note_time("stoppedAt")
        task.enter(STOPPED)
        for pump in self._pumps:
            pump.join()
        for container in self._running.values():
            self._platform.containers.remove(container)

    def _stop_containers(self) -> None:
        """SIGTERM to all at once, SIGKILL to each that outlives its stopTimeout."""
        began = time.monotonic()
        timeouts = {each["name"]: each.get("stopTimeout") or FARGATE_STOP_TIMEOUT for each in self._definitions}
        self._note_exits()
        for name in self._alive():
            _signal(self._running[name], "SIGTERM")
        while alive := self._alive():
            for name in alive:
                if time.monotonic() - began > timeouts[name]:
                    _signal(self._running[name], "SIGKILL")
            time.sleep(POLL)
            self._note_exits()

    def _alive(self) -> list[str]:
        return [name for name in self._running if self._task.part(name).last_status != STOPPED]


def _note_exit(part: Part, state: dict[str, Any]) -> None:
    if part.last_status == STOPPED:
        return
    part.last_status, part.exit_code = STOPPED, state["ExitCode"]
    if state.get("OOMKilled"):
        part.reason = OUT_OF_MEMORY


def _signal(container: Container, name: str) -> None:
    # It may have ended meanwhile.
    with suppress(APIError):
        container.kill(name)


def _overridden(definition: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    """The container definition with the overrides of RunTask."""
    for override in overrides.get("containerOverrides") or []:
        if override["name"] != definition["name"]:
            continue
        environment = {each["name"]: each for each in definition.get("environment") or []}
        environment.update({each["name"]: each for each in override.get("environment") or []})
        replaced = {name: override[name] for name in ("command", "memory") if name in override}
        return {**definition, **replaced, "environment": list(environment.values())}
    return definition
