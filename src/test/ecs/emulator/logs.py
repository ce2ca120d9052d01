"""The awslogs driver: each container has a stream, and lines can be read a little after they were written."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from botocore.client import BaseClient
from botocore.exceptions import ClientError
from docker.models.containers import Container

from emulator.settings import Settings
from emulator.start_failure import StartFailure

LOGGER_FAILED = (
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
    "failed to create Cloudwatch log stream: {code}: {message} : exit status 1"
)


class LogStream:
    def __init__(self, logs: BaseClient, settings: Settings, group: str, stream: str) -> None:
        self._logs = logs
        self._settings = settings
        self._group = group
        self._stream = stream

    def check(self, create_group: bool) -> None:
        """ECS's check before a container starts: the log group exists."""
        try:
            if create_group:
                self._create_group()
            # A stream can only be created in a group that exists.
            self._logs.describe_log_streams(logGroupName=self._group, limit=1)
        except ClientError as error:
            details = error.response["Error"]
            raise StartFailure(LOGGER_FAILED.format(code=details["Code"], message=details["Message"])) from error

    def follow(self, container: Container) -> threading.Thread:
        pump = threading.Thread(target=self._pump, args=(container,), daemon=True)
        pump.start()
        return pump

    def _create_group(self) -> None:
        with suppress(self._logs.exceptions.ResourceAlreadyExistsException):
            self._logs.create_log_group(logGroupName=self._group)

    def _pump(self, container: Container) -> None:
        time.sleep(self._settings.stream_delay)
        self._logs.create_log_stream(logGroupName=self._group, logStreamName=self._stream)
        for batch in _batches(container, self._settings):
            self._logs.put_log_events(logGroupName=self._group, logStreamName=self._stream, logEvents=batch)


def _batches(container: Container, settings: Settings) -> Iterator[list[dict[str, Any]]]:
    """Writes the container's lines, each when its delay has passed; lines that are due are written together."""
    waiting: deque[dict[str, Any]] = deque()
    ended = threading.Event()

    def collect() -> None:
        for line in _lines(container):
            waiting.append({"timestamp": int(time.time() * 1000), "message": line})
        ended.set()

    threading.Thread(target=collect, daemon=True).start()
    while not ended.is_set() or waiting:
        newest = (time.time() - settings.line_delay) * 1000
        due = []
        while waiting and waiting[0]["timestamp"] <= newest:
            due.append(waiting.popleft())
        if due:
            yield due
        time.sleep(0.05)


def _lines(container: Container) -> Iterator[str]:
    rest = b""
    for chunk in container.logs(stream=True, follow=True, stdout=True, stderr=True):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line.decode("utf-8", "replace").rstrip("\r") for line in whole if line)
    if rest:
        yield rest.decode("utf-8", "replace")
