"""A container definition as a container of the Docker engine."""

from contextlib import suppress
from typing import Any

from docker import DockerClient
from docker.errors import APIError, NotFound
from docker.models.containers import Container
from docker.models.images import Image
from docker.types import Mount

from emulator.start_failure import StartFailure

LABEL = "lockkeeper.fargate"


class Containers:
    """`environment` is set in every container; `owner` marks the containers of this emulator."""

    def __init__(self, docker: DockerClient, environment: dict[str, str], owner: str) -> None:
        self._docker = docker
        self._environment = environment
        self._owner = owner

    def start(
        self, image: Image, definition: dict[str, Any], task: dict[str, Any], environment: dict[str, str]
    ) -> Container:
        """`task` is the task definition: its CPU and memory limit the container's."""
        created = None
        try:
            created = self._docker.containers.create(
                image.id,
                environment={**self._environment, **environment},
                labels={LABEL: self._owner},
                network_mode="host",
                **_process(definition),
                **_limits(definition, task),
            )
            created.start()
            return created
        except APIError as error:
            if created:
                created.remove(force=True, v=True)
            raise StartFailure(
                "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: "
                f"failed to create shim task: {error.explanation}",
                definition["name"],
            ) from error

    def remove(self, container: Container) -> None:
        with suppress(NotFound):
            container.remove(force=True, v=True)

    def remove_all(self) -> None:
        for container in self._docker.containers.list(all=True, filters={"label": f"{LABEL}={self._owner}"}):
            self.remove(container)


def _process(definition: dict[str, Any]) -> dict[str, Any]:
    linux = definition.get("linuxParameters") or {}
    return {
        "command": definition.get("command"),
        "entrypoint": definition.get("entryPoint"),
        "user": definition.get("user"),
        "working_dir": definition.get("workingDirectory"),
        "read_only": definition.get("readonlyRootFilesystem", False),
        "init": linux.get("initProcessEnabled", False),
        "cap_drop": (linux.get("capabilities") or {}).get("drop"),
        "mounts": [
            Mount(each["containerPath"], None, type="volume", read_only=each.get("readOnly", False))
            for each in definition.get("mountPoints") or []
        ],
    }


def _limits(definition: dict[str, Any], task: dict[str, Any]) -> dict[str, Any]:
    """The task's memory, if the container has no limit. There is no swap, as on Fargate."""
    memory = f"{definition.get('memory') or task['memory']}m"
    return {
        "mem_limit": memory,
        "memswap_limit": memory,
        "nano_cpus": int(task["cpu"]) * 1_000_000_000 // 1024,
    }
