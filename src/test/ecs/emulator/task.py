"""A task and its containers, and how DescribeTasks shows them."""

import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

RUNNING = "RUNNING"
STOPPED = "STOPPED"


@dataclass(eq=False)
class Part:
    """One container of a task. Fields that it never had (exit code, runtime id) are absent from the answer."""

    name: str
    image: str
    essential: bool
    last_status: str = "PENDING"
    exit_code: int | None = None
    reason: str | None = None
    runtime_id: str | None = None
    image_digest: str | None = None
    arn_suffix: str = field(default_factory=lambda: str(uuid.uuid4()))

    def described(self, task_arn: str) -> dict[str, Any]:
        return _present(
            containerArn=f"{task_arn.replace(':task/', ':container/')}/{self.arn_suffix}",
            taskArn=task_arn,
            name=self.name,
            image=self.image,
            imageDigest=self.image_digest,
            runtimeId=self.runtime_id,
            lastStatus=self.last_status,
            exitCode=self.exit_code,
            reason=self.reason,
            networkBindings=[],
            networkInterfaces=[],
            healthStatus="UNKNOWN",
            cpu="0",
        )


@dataclass(eq=False)
class Task:
    arn: str
    cluster_arn: str
    definition: dict[str, Any]
    group: str
    started_by: str | None
    overrides: dict[str, Any]
    tags: list[dict[str, str]]
    subnet: str
    parts: list[Part]
    last_status: str = "PROVISIONING"
    desired_status: str = RUNNING
    stop_code: str | None = None
    stopped_reason: str | None = None
    times: dict[str, float] = field(default_factory=dict)
    version: int = 1
    stop_requested: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.note_time("createdAt")

    @property
    def id(self) -> str:
        return self.arn.rpartition("/")[2]

    def note_time(self, name: str) -> None:
        self.times[name] = round(time.time(), 3)

    def enter(self, status: str) -> None:
        self.last_status = status
        self.version += 1

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    def stop(self, code: str, reason: str) -> None:
        """The first stop of a task determines its reason."""
        with self._lock:
            if self.stop_code:
                return
            self.stop_code, self.stopped_reason, self.desired_status = code, reason, STOPPED
            self.note_time("stoppingAt")
        self.stop_requested.set()

    def described(self, with_tags: bool = False) -> dict[str, Any]:
        started = self.last_status != "PROVISIONING"
        return _present(
            taskArn=self.arn,
            clusterArn=self.cluster_arn,
            taskDefinitionArn=self.definition["taskDefinitionArn"],
            attachments=[self._network_interface(started)],
            attributes=[{"name": "ecs.cpu-architecture", "value": "x86_64"}],
            availabilityZone="eu-central-1a",
            connectivity="CONNECTED" if started else None,
            containers=[part.described(self.arn) for part in self.parts],
            cpu=self.definition["cpu"],
            memory=self.definition["memory"],
            desiredStatus=self.desired_status,
            lastStatus=self.last_status,
            enableExecuteCommand=False,
            group=self.group,
            healthStatus="UNKNOWN",
            launchType="FARGATE",
            overrides={"containerOverrides": [], "inferenceAcceleratorOverrides": [], **self.overrides},
            platformFamily="Linux",
            platformVersion="1.4.0",
            startedBy=self.started_by,
            stopCode=self.stop_code,
            stoppedReason=self.stopped_reason,
            tags=self.tags if with_tags else [],
            version=self.version,
            **self.times,
        )

    def _network_interface(self, attached: bool) -> dict[str, Any]:
        status = "DELETED" if self.last_status == STOPPED else "ATTACHED" if attached else "PRECREATED"
        details = [{"name": "subnetId", "value": self.subnet}]
        return {"id": self.id, "type": "ElasticNetworkInterface", "status": status, "details": details}


def _present(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
