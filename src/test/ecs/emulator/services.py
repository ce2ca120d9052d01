"""Services and their rollouts: CreateService, UpdateService, DescribeServices, ListServices, DeleteService.

A deployment starts its tasks; it is COMPLETED when they have run steadily, FAILED when the circuit breaker has seen
three that didn't. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
"""

import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from emulator.account import ACCOUNT, REGION
from emulator.answers import AwsError
from emulator.settings import Settings
from emulator.task import RUNNING, STOPPED, Task
from emulator.tasks import Tasks

FAILURES = 3
CHANGES = ("taskDefinition", "networkConfiguration", "forceNewDeployment")


@dataclass(eq=False)
class Deployment:
    definition: dict[str, Any]
    desired: int
    network: dict[str, Any]
    status: str = "PRIMARY"
    state: str = "IN_PROGRESS"
    reason: str = ""
    failed_tasks: int = 0
    tasks: list[Task] = field(default_factory=list)
    created: float = field(default_factory=time.time)
    id: str = field(default_factory=lambda: f"ecs-svc/{random.randrange(10**18, 10**19)}")

    def __post_init__(self) -> None:
        self.reason = self.reason or f"ECS deployment {self.id} in progress."

    @property
    def running(self) -> int:
        return sum(task.last_status == RUNNING for task in self.tasks)

    @property
    def pending(self) -> int:
        return sum(task.last_status in ("PROVISIONING", "PENDING", "ACTIVATING") for task in self.tasks)

    def end(self, status: str, state: str, reason: str) -> None:
        self.status, self.state, self.reason = status, state, reason

    def stop_tasks(self) -> None:
        for task in self.tasks:
            task.stop("ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {self.id})")

    def described(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "status": self.status,
            "taskDefinition": self.definition["taskDefinitionArn"],
            "desiredCount": self.desired,
            "runningCount": self.running,
            "pendingCount": self.pending,
            "failedTasks": self.failed_tasks,
            "createdAt": self.created,
            "updatedAt": self.created,
            "launchType": "FARGATE",
            "platformVersion": "1.4.0",
            "platformFamily": "Linux",
            "networkConfiguration": self.network,
            "rolloutState": self.state,
            "rolloutStateReason": self.reason,
        }


@dataclass(eq=False)
class Service:
    name: str
    cluster_arn: str
    configuration: dict[str, Any]
    deployments: list[Deployment]
    status: str = "ACTIVE"
    created: float = field(default_factory=time.time)
    events: list[dict[str, Any]] = field(default_factory=list)

    def say(self, message: str) -> None:
        """An event, the newest first."""
        event = {"id": str(uuid.uuid4()), "createdAt": time.time(), "message": f"(service {self.name}) {message}"}
        self.events.insert(0, event)

    @property
    def arn(self) -> str:
        return f"{self.cluster_arn.replace(':cluster/', ':service/')}/{self.name}"

    @property
    def primary(self) -> Deployment:
        return self.deployments[0]

    def described(self) -> dict[str, Any]:
        return {
            "serviceArn": self.arn,
            "serviceName": self.name,
            "clusterArn": self.cluster_arn,
            "status": self.status,
            "desiredCount": self.primary.desired,
            "runningCount": sum(each.running for each in self.deployments),
            "pendingCount": sum(each.pending for each in self.deployments),
            "launchType": "FARGATE",
            "platformVersion": "LATEST",
            "platformFamily": "Linux",
            "taskDefinition": self.primary.definition["taskDefinitionArn"],
            "deploymentConfiguration": self.configuration,
            "deployments": [each.described() for each in self.deployments],
            "networkConfiguration": self.primary.network,
            "loadBalancers": [],
            "events": self.events[:100],
            "createdAt": self.created,
            "schedulingStrategy": "REPLICA",
            "deploymentController": {"type": "ECS"},
        }


class Services:
    def __init__(self, tasks: Tasks, settings: Settings) -> None:
        self._tasks = tasks
        self._settings = settings
        self._lock = threading.Lock()
        self._services: dict[str, Service] = {}

    def create_service(self, asked: dict[str, Any]) -> dict[str, Any]:
        definition = self._tasks.definition(asked["taskDefinition"])
        self._tasks.check_network(asked.get("networkConfiguration"))
        deployment = Deployment(definition, asked.get("desiredCount", 1), asked["networkConfiguration"])
        cluster = f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{_name(asked.get('cluster', 'default'))}"
        service = Service(asked["serviceName"], cluster, asked.get("deploymentConfiguration") or {}, [])
        with self._lock:
            if service.arn in self._services:
                raise AwsError("InvalidParameterException", "Creation of service was not idempotent.")
            self._services[service.arn] = service
            self._deploy(service, deployment)
        return {"service": service.described()}

    def update_service(self, asked: dict[str, Any]) -> dict[str, Any]:
        service = self._find(asked)
        if not service:
            raise AwsError("ServiceNotFoundException", "Service not found.")
        with self._lock:
            service.configuration = asked.get("deploymentConfiguration") or service.configuration
            primary = service.primary
            desired = asked.get("desiredCount", primary.desired)
            if any(asked.get(name) for name in CHANGES):
                reference = asked.get("taskDefinition")
                definition = self._tasks.definition(reference) if reference else primary.definition
                network = asked.get("networkConfiguration") or primary.network
                self._deploy(service, Deployment(definition, desired, network))
            primary.desired = desired
        return {"service": service.described()}

    def describe_services(self, asked: dict[str, Any]) -> dict[str, Any]:
        found, failures = [], []
        for reference in asked["services"]:
            service = self._find({**asked, "service": reference})
            if service:
                found.append(service.described())
                continue
            failures.append({"arn": _arn(asked, reference), "reason": "MISSING"})
        return {"services": found, "failures": failures}

    def list_services(self, asked: dict[str, Any]) -> dict[str, Any]:
        cluster = _name(asked.get("cluster", "default"))
        return {"serviceArns": [arn for arn, each in self._services.items() if _name(each.cluster_arn) == cluster]}

    def delete_service(self, asked: dict[str, Any]) -> dict[str, Any]:
        service = self._find(asked)
        if not service:
            raise AwsError("ServiceNotFoundException", "Service not found.")
        with self._lock:
            del self._services[service.arn]
            service.status = "INACTIVE"
            for deployment in service.deployments:
                deployment.status = "INACTIVE"
                deployment.stop_tasks()
        return {"service": service.described()}

    def _find(self, asked: dict[str, Any]) -> Service | None:
        return self._services.get(_arn(asked, asked["service"]))

    def _deploy(self, service: Service, deployment: Deployment) -> None:
        for earlier in service.deployments:
            earlier.status = "ACTIVE"
        service.deployments.insert(0, deployment)
        threading.Thread(target=self._roll_out, args=(service, deployment), daemon=True).start()

    def _roll_out(self, service: Service, deployment: Deployment) -> None:
        breaker = service.configuration.get("deploymentCircuitBreaker") or {}
        while deployment.status == "PRIMARY":
            if self._runs_steadily(service, deployment):
                self._complete(service, deployment)
                return
            deployment.failed_tasks += 1
            if breaker.get("enable") and deployment.failed_tasks >= FAILURES:
                self._break(service, deployment, breaker.get("rollback", False))
                return

    def _runs_steadily(self, service: Service, deployment: Deployment) -> bool:
        asked = {"startedBy": deployment.id, "networkConfiguration": deployment.network}
        deployment.tasks = [
            self._tasks.begin(service.cluster_arn, deployment.definition, f"service:{service.name}", asked)
            for _ in range(deployment.desired)
        ]
        names = ", ".join(f"(task {each.id})" for each in deployment.tasks)
        service.say(f"has started {deployment.desired} tasks: {names}.")
        steady_since = None
        while not any(task.last_status == STOPPED for task in deployment.tasks):
            time.sleep(0.1)
            if deployment.running < deployment.desired:
                continue
            steady_since = steady_since or time.monotonic()
            if time.monotonic() - steady_since >= self._settings.steady:
                return True
        deployment.stop_tasks()
        return False

    def _complete(self, service: Service, deployment: Deployment) -> None:
        with self._lock:
            deployment.end(deployment.status, "COMPLETED", f"ECS deployment {deployment.id} completed.")
            if deployment.status != "PRIMARY":
                deployment.stop_tasks()
                return
            service.say(f"(deployment {deployment.id}) deployment completed.")
            service.say("has reached a steady state.")
            for earlier in service.deployments[1:]:
                earlier.status = "INACTIVE"
                earlier.stop_tasks()
            failed = [each for each in service.deployments[1:] if each.state == "FAILED"]
            service.deployments[1:] = failed
            threading.Timer(self._settings.failed_deployment, self._forget, (service, failed)).start()

    def _forget(self, service: Service, failed: list[Deployment]) -> None:
        with self._lock:
            service.deployments = [each for each in service.deployments if each not in failed]

    def _break(self, service: Service, deployment: Deployment, rollback: bool) -> None:
        with self._lock:
            reason = "ECS deployment circuit breaker: tasks failed to start."
            deployment.end(deployment.status, "FAILED", reason)
            service.say(f"(deployment {deployment.id}) deployment failed: tasks failed to start.")
            earlier = next((each for each in service.deployments[1:] if each.state == "COMPLETED"), None)
            if rollback and earlier and deployment.status == "PRIMARY":
                back = Deployment(earlier.definition, deployment.desired, earlier.network)
                back.reason = f"ECS deployment circuit breaker: rolling back to deploymentId {earlier.id}."
                self._deploy(service, back)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _arn(asked: dict[str, Any], reference: str) -> str:
    return f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/{_name(asked.get('cluster', 'default'))}/{_name(reference)}"
