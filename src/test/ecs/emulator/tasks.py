"""RunTask, DescribeTasks, ListTasks and StopTask as ECS documents them.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
"""

import json
import threading
import time
import uuid
from typing import Any

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from emulator.account import ACCOUNT, REGION
from emulator.answers import AwsError
from emulator.lifecycle import Lifecycle, Platform
from emulator.task import RUNNING, STOPPED, Part, Task

MOST_OVERRIDES = 8192
NO_CAPACITY = "Capacity is unavailable at this time. Please try again later or in a different availability zone"
NO_ROLE = (
    "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role being "
    "passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role."
)
CONFLICT = "The provided clientToken is already in use with a different RunTask request."


class Tasks:
    def __init__(self, platform: Platform, ecs: BaseClient, ec2: BaseClient, iam: BaseClient) -> None:
        self._platform = platform
        self._ecs = ecs
        self._ec2 = ec2
        self._iam = iam
        self._lock = threading.Lock()
        self._tasks: dict[str, Task] = {}
        self._tokens: dict[tuple[str, str], tuple[str, Task]] = {}

    def run_task(self, asked: dict[str, Any]) -> dict[str, Any]:
        cluster = self._cluster_arn(asked.get("cluster", "default"))
        _check(asked)
        with self._lock:
            if earlier := self._earlier(cluster, asked):
                return {"tasks": [earlier.described(with_tags=True)], "failures": []}
            task = self._begin(cluster, asked)
            if token := asked.get("clientToken"):
                self._tokens[cluster, token] = (_parameters(asked), task)
            return {"tasks": [task.described(with_tags=True)], "failures": []}

    def describe_tasks(self, asked: dict[str, Any]) -> dict[str, Any]:
        cluster = self._cluster_arn(asked.get("cluster", "default"))
        if not asked.get("tasks"):
            raise AwsError("InvalidParameterException", "Tasks cannot be empty.")
        found, failures = [], []
        for reference in asked["tasks"]:
            task = self._find(cluster, reference)
            if task and time.time() - task.times["createdAt"] >= self._platform.settings.missing:
                found.append(task.described("TAGS" in asked.get("include", [])))
                continue
            arn = f"{cluster.replace(':cluster/', ':task/')}/{reference.rpartition('/')[2]}"
            failures.append({"arn": arn, "reason": "MISSING"})
        return {"tasks": found, "failures": failures}

    def list_tasks(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Live tasks, unless stopped ones are asked for. startedBy can't be combined with other filters."""
        cluster = self._cluster_arn(asked.get("cluster", "default"))
        others = sorted({"family", "serviceName", "containerInstance", "launchType"} & asked.keys())
        if "startedBy" in asked and others:
            raise AwsError("InvalidParameterException", f"startedBy can't be combined with {', '.join(others)}.")
        wanted = asked.get("desiredStatus", RUNNING)
        filters = {
            "startedBy": lambda task, value: task.started_by == value,
            "family": lambda task, value: task.definition["family"] == value,
            "serviceName": lambda task, value: task.group == f"service:{value}",
        }
        return {
            "taskArns": [
                task.arn
                for task in list(self._tasks.values())
                if task.cluster_arn == cluster
                and task.desired_status == wanted
                and all(fits(task, asked[name]) for name, fits in filters.items() if name in asked)
            ]
        }

    def stop_task(self, asked: dict[str, Any]) -> dict[str, Any]:
        task = self._find(self._cluster_arn(asked.get("cluster", "default")), asked["task"])
        if not task:
            raise AwsError("InvalidParameterException", "The referenced task was not found.")
        task.stop("UserInitiated", asked.get("reason") or "Task stopped by user")
        return {"task": task.described()}

    def begin(self, cluster: str, definition: dict[str, Any], group: str, asked: dict[str, Any]) -> Task:
        """Starts a task; `cluster` is an ARN, `definition` the answer of DescribeTaskDefinition."""
        task = Task(
            arn=f"{cluster.replace(':cluster/', ':task/')}/{uuid.uuid4().hex}",
            cluster_arn=cluster,
            definition=definition,
            group=group,
            started_by=asked.get("startedBy"),
            overrides=asked.get("overrides") or {},
            tags=asked.get("tags") or [],
            subnet=asked["networkConfiguration"]["awsvpcConfiguration"]["subnets"][0],
            parts=self._parts(definition),
        )
        self._tasks[task.arn] = task
        Lifecycle(self._platform, task).begin()
        return task

    def interrupt(self, code: str, reason: str) -> list[str]:
        """Stops all tasks that RunTask started, as a lost host or a Spot interruption does."""
        alone = (task for task in list(self._tasks.values()) if task.group.startswith("family:"))
        struck = [task for task in alone if not task.stop_code]
        for task in struck:
            task.stop(code, reason)
        return [task.arn for task in struck]

    def stop_all(self, patience: float) -> None:
        """Called when the emulator ends: no container may outlive it."""
        until = time.monotonic() + patience
        for task in list(self._tasks.values()):
            task.stop("ServiceSchedulerInitiated", "The emulator ends.")
        while time.monotonic() < until and any(task.last_status != STOPPED for task in list(self._tasks.values())):
            time.sleep(0.1)

    def definition(self, reference: str) -> dict[str, Any]:
        try:
            found = self._ecs.describe_task_definition(taskDefinition=reference)["taskDefinition"]
        except ClientError as error:
            raise AwsError("ClientException", "TaskDefinition not found.") from error
        if found["status"] != "ACTIVE":
            raise AwsError("ClientException", "TaskDefinition is inactive")
        return found

    def _begin(self, cluster: str, asked: dict[str, Any]) -> Task:
        definition = self.definition(asked["taskDefinition"])
        names = {each["name"] for each in definition["containerDefinitions"]}
        for override in (asked.get("overrides") or {}).get("containerOverrides") or []:
            if (name := override.get("name")) not in names:
                message = f"Override for container named {name} is not a container in the TaskDefinition."
                raise AwsError("InvalidParameterException", message)
        self.check_network(asked.get("networkConfiguration"))
        self._check_roles(definition)
        return self.begin(cluster, definition, asked.get("group") or f"family:{definition['family']}", asked)

    def _earlier(self, cluster: str, asked: dict[str, Any]) -> Task | None:
        """The task that the same request with the same token started."""
        parameters, task = self._tokens.get((cluster, asked.get("clientToken", "")), ("", None))
        if task and parameters != _parameters(asked):
            raise AwsError("ConflictException", CONFLICT, resourceIds=[task.arn])
        return task

    def _parts(self, definition: dict[str, Any]) -> list[Part]:
        definitions = definition["containerDefinitions"]
        parts = [Part(each["name"], each["image"], each.get("essential", True)) for each in definitions]
        if self._platform.settings.runtime_monitoring:
            agent = f"aws-guardduty-agent-{uuid.uuid4().hex[:7]}"
            return [Part(agent, "guardduty-agent", essential=False, last_status="RUNNING"), *parts]
        return parts

    def check_network(self, configuration: dict[str, Any] | None) -> None:
        if not configuration:
            message = "Network Configuration must be provided when networkMode 'awsvpc' is specified."
            raise AwsError("InvalidParameterException", message)
        network = configuration["awsvpcConfiguration"]
        try:
            self._ec2.describe_subnets(SubnetIds=network["subnets"])
        except ClientError as error:
            raise _unknown("subnet", network["subnets"], error) from error
        try:
            self._ec2.describe_security_groups(GroupIds=network.get("securityGroups") or [])
        except ClientError as error:
            raise _unknown("security group", network["securityGroups"], error) from error

    def _check_roles(self, definition: dict[str, Any]) -> None:
        for role in (definition.get("executionRoleArn"), definition.get("taskRoleArn")):
            try:
                if role:
                    self._iam.get_role(RoleName=role.rpartition("/")[2])
            except ClientError as error:
                raise AwsError("ClientException", NO_ROLE.format(role=role)) from error

    def _cluster_arn(self, reference: str) -> str:
        name = reference.rpartition("/")[2]
        answer = self._ecs.describe_clusters(clusters=[name])
        if not answer["clusters"]:
            raise AwsError("ClusterNotFoundException", "Cluster not found.")
        return f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{name}"

    def _find(self, cluster: str, reference: str) -> Task | None:
        return self._tasks.get(f"{cluster.replace(':cluster/', ':task/')}/{reference.rpartition('/')[2]}")


def _check(asked: dict[str, Any]) -> None:
    if len(json.dumps(asked.get("overrides") or {}, separators=(",", ":"))) > MOST_OVERRIDES:
        raise AwsError("InvalidParameterException", f"Container Overrides length must be at most {MOST_OVERRIDES}")
    if len(asked.get("startedBy") or "") > 128:
        raise AwsError("InvalidParameterException", "startedBy must be at most 128 characters.")
    if len(asked.get("clientToken") or "") > 64:
        raise AwsError("InvalidParameterException", "clientToken must be at most 64 characters.")
    if asked.get("propagateTags") == "SERVICE":
        raise AwsError("InvalidParameterException", "propagateTags can't be SERVICE for RunTask.")


def _parameters(asked: dict[str, Any]) -> str:
    return json.dumps(asked, sort_keys=True)


def _unknown(what: str, ids: list[str], error: ClientError) -> AwsError:
    details = error.response["Error"]
    message = f"Error retrieving {what} information for {ids}: {details['Message']} (ErrorCode: {details['Code']})"
    return AwsError("InvalidParameterException", message)
