"""The initial contents of the account: what a team that deploys to ECS already has."""

import json
from dataclasses import dataclass
from typing import Any

from emulator.account import Clients

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


@dataclass(frozen=True)
class Database:
    """The database of the secret `database`."""

    port: int
    name: str
    user: str
    password: str

    def secret(self) -> dict[str, Any]:
        return {
            "engine": "postgres",
            "host": "127.0.0.1",
            "port": self.port,
            "dbname": self.name,
            "username": self.user,
            "password": self.password,
        }


def put_up(clients: Clients, database: Database, app_image: str) -> dict[str, str]:
    """Creates all of it, and returns the variables that name it. The service `app` must be created by an ECS that
    runs services, so its task definition is registered here, and APP_TASK_DEFINITION names it."""
    network = _network(clients)
    _instance(clients)
    clients.of("logs").create_log_group(logGroupName="/lockkeeper")
    secret = clients.of("secretsmanager").create_secret(Name="database", SecretString=json.dumps(database.secret()))
    ecs = clients.of("ecs")
    ecs.create_cluster(clusterName="test")
    app = ecs.register_task_definition(**app_definition(app_image))["taskDefinition"]
    return {
        "EXECUTION_ROLE_ARN": _role(clients, "lockkeeper-execution"),
        "TASK_ROLE_ARN": _role(clients, "lockkeeper-task"),
        "LOG_GROUP": "/lockkeeper",
        "DATABASE_SECRET_ARN": secret["ARN"],
        "APP_TASK_DEFINITION": app["taskDefinitionArn"],
        **network,
    }


def app_definition(image: str) -> dict[str, Any]:
    return {
        "family": "app",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{"name": "app", "image": image, "essential": True, "stopTimeout": 2}],
    }


def _network(clients: Clients) -> dict[str, str]:
    ec2 = clients.of("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24")["Subnet"]["SubnetId"] for number in (1, 2)]
    groups = {
        name: ec2.create_security_group(VpcId=vpc, GroupName=name, Description=name)["GroupId"]
        for name in ("app", "migration")
    }
    return {"SUBNETS": ",".join(subnets), "SECURITY_GROUPS": groups["migration"], "APP_SECURITY_GROUP": groups["app"]}


def _instance(clients: Clients) -> None:
    clients.of("rds").create_db_instance(
        DBInstanceIdentifier="database",
        Engine="postgres",
        DBInstanceClass="db.t4g.micro",
        AllocatedStorage=20,
        MasterUsername="postgres",
        MasterUserPassword="not-used-by-anyone",
    )


def _role(clients: Clients, name: str) -> str:
    answer = clients.of("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
    return answer["Role"]["Arn"]
