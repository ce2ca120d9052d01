"""ecs/stack.yaml: permissions, notifications, and its creation (in moto, if that is installed)."""

import json
import re
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml", reason="reads the template")

REPOSITORY = Path(__file__).parents[3]
TEMPLATE = REPOSITORY / "ecs" / "stack.yaml"
HERE = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-central-1",
    "LogGroup": "/ecs/lockkeeper",
}
GIVEN = {
    "VpcId": "vpc-0123456789abcdef0",
    "DatabaseSecurityGroupId": "sg-0123456789abcdef0",
    "DatabaseSecretArn": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1a2b-AbCdEf",
    "GitHubOidcProviderArn": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
    "GitHubOwner": "octo-org",
    "GitHubOwnerId": "11",
    "GitHubRepository": "shop",
    "GitHubRepositoryId": "22",
}
ALL_OF_IT = GIVEN | {
    "SecretKmsKeyArn": "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
    "DatabaseResourceId": "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DatabaseIamUser": "migrator",
    "SnapshotInstanceId": "shop",
    "SnapshotClusterId": "shop-aurora",
    "SidecarRepositoryArns": "arn:aws:ecr:eu-central-1:123456789012:repository/agent",
    "AppRoleArns": "arn:aws:iam::123456789012:role/shop,arn:aws:iam::123456789012:role/shop-execution",
    "EndpointSubnetIds": "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
    "RouteTableIds": "rtb-0123456789abcdef0",
    "S3PrefixListId": "pl-0123456789abcdef0",
    "AlarmEmail": "oncall@example.com",
}
WITHOUT_RESOURCES = {
    "ecr:GetAuthorizationToken",
    "ecs:DescribeTaskDefinition",
    "ecs:ListTasks",
    "ecs:RegisterTaskDefinition",
}


class Loader(yaml.SafeLoader):
    """Reads !Sub x as {"Fn::Sub": x}."""


def tagged(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix == "Ref" else f"Fn::{suffix}": value}


Loader.add_multi_constructor("!", tagged)
STACK = yaml.load(TEMPLATE.read_text(), Loader)
PARAMETERS, RESOURCES = STACK["Parameters"], STACK["Resources"]
DEFAULTS = {name: str(parameter["Default"]) for name, parameter in PARAMETERS.items() if "Default" in parameter}


def resolved(value):
    """The value with Ref and Fn::Sub replaced, from the given parameters and the defaults."""
    names = HERE | DEFAULTS | GIVEN
    if isinstance(value, list):
        return [resolved(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "Ref" in value:
        return names.get(value["Ref"], value["Ref"])
    if "Fn::Sub" in value:
        text, more = value["Fn::Sub"] if isinstance(value["Fn::Sub"], list) else (value["Fn::Sub"], {})
        more = names | {name: resolved(item) for name, item in more.items()}
        return re.sub(r"\$\{([\w:.]+)}", lambda found: more.get(found[1], found[1]), text)
    return {key: resolved(item) for key, item in value.items()}


def statements(value):
    """Every policy statement in it, also those under conditions."""
    if isinstance(value, dict) and "Effect" in value:
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from statements(item)


def listed(value):
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_is_described_bounded_and_in_a_group(name):
    parameter = PARAMETERS[name]
    groups = STACK["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    assert len(parameter["Description"]) > 20
    assert parameter["Type"].startswith("AWS::") or parameter.keys() & {"AllowedPattern", "AllowedValues", "MaxValue"}
    assert [name in group["Parameters"] for group in groups].count(True) == 1
    examples = {str(values[name]) for values in (DEFAULTS, ALL_OF_IT) if name in values}
    assert all(re.search(parameter.get("AllowedPattern", ""), example) for example in examples)


@pytest.mark.parametrize(("name", "wrong"), [
    ("DatabaseSecretArn", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop"),
    ("ClusterName", "arn:aws:ecs:eu-central-1:123456789012:cluster/shop"),
    ("GitHubOwner", "*"), ("GitHubOwnerId", "*"), ("GitHubRepository", "shop*"), ("GitHubRepositoryId", "*"),
    ("GitHubEnvironment", "*"), ("GitHubEnvironment", ""),
    ("GitHubOidcProviderArn", "arn:aws:iam::123456789012:oidc-provider/example.com"),
    ("AppRoleArns", "*"), ("SnapshotInstanceId", "*"), ("TaskFamily", "*"), ("RepositoryName", "*"),
])  # fmt: skip
def test_a_parameter_takes_no_wildcard_and_nothing_else_that_widens_a_role(name, wrong):
    assert not re.search(PARAMETERS[name]["AllowedPattern"], wrong)


@pytest.mark.parametrize("role", ["ExecutionRole", "TaskRole", "DeployRole"])
def test_a_role_names_every_action_and_every_resource_that_iam_can_name(role):
    for statement in statements(RESOURCES[role]["Properties"]["Policies"]):
        actions = set(listed(statement["Action"]))
        assert not [action for action in actions if "*" in action], statement
        if "*" in listed(statement["Resource"]):
            assert actions <= WITHOUT_RESOURCES, statement


def test_only_the_account_itself_rules_the_topics_key():
    for statement in statements(RESOURCES["TopicKey"]):
        if "kms:*" in listed(statement["Action"]):
            assert resolved(statement["Principal"]) == {"AWS": "arn:aws:iam::123456789012:root"}


def test_roles_are_passed_to_tasks_and_to_nothing_else():
    to_tasks = {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
    passing = [statement for statement in statements(RESOURCES) if statement["Action"] == "iam:PassRole"]
    assert [statement["Condition"] for statement in passing] == [to_tasks, to_tasks]


def test_only_jobs_of_the_environment_take_on_the_deploy_role_by_both_forms_of_their_name():
    [trust] = statements(resolved(RESOURCES["DeployRole"]["Properties"]["AssumeRolePolicyDocument"]))
    assert trust["Condition"] == {"StringEquals": {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": [
            "repo:octo-org/shop:environment:production",
            "repo:octo-org@11/shop@22:environment:production",
        ],
    }}  # fmt: skip


def test_alarms_and_filter_use_the_names_that_the_program_sends():
    program = "".join(path.read_text() for path in (REPOSITORY / "src" / "main" / "java").rglob("*.java"))
    pattern = RESOURCES["Slow"]["Properties"]["FilterPattern"]["Fn::Sub"]
    names = {found for pair in re.findall(r'\$\.(\w+)|"([\w.]+)"', pattern) for found in pair if found}
    for alarm in (RESOURCES["FailedAlarm"]["Properties"], RESOURCES["CannotConnectAlarm"]["Properties"]):
        names |= {alarm["MetricName"]} | {text for pair in alarm["Dimensions"] for text in pair.values()}
    assert not [name for name in names if f'"{name}"' not in program]


def test_outputs_fill_the_task_definition_and_one_command_deploys_it():
    wanted = re.findall(r"\$\{(\w+)}", (REPOSITORY / "ecs" / "task-definition.json").read_text())
    described = " ".join(output["Description"] for output in STACK["Outputs"].values())
    assert set(wanted) - set(re.findall(r"[A-Z_]{4,}", described)) == {"AWS_REGION", "CPU_ARCHITECTURE"}
    assert TEMPLATE.stat().st_size < 51_200


# How EventBridge matches a pattern: every field must match one of its values. In a list of objects, one object must match
# all the fields.


def matches(pattern, event):
    if isinstance(event, list):
        return any(matches(pattern, item) for item in event)
    return all(
        any(matches(one, event) for one in wanted) if field == "$or" else field_matches(wanted, event, field)
        for field, wanted in pattern.items()
    )


def field_matches(wanted, event, field):
    if isinstance(wanted, dict):
        return matches(wanted, event.get(field, {}))
    return any(value_matches(one, field in event, event.get(field)) for one in wanted)


def value_matches(wanted, there, value):
    if not isinstance(wanted, dict):
        return there and value == wanted
    [(operator, operand)] = wanted.items()
    return {
        "exists": lambda: there == operand,
        "prefix": lambda: there and str(value).startswith(operand),
        "anything-but": lambda: there and value not in operand,
    }[operator]()


def event(*containers, stop="EssentialContainerExited", family="lockkeeper", cluster="default", status="STOPPED"):
    """An event as ECS sends it for Fargate."""
    ecs = "arn:aws:ecs:eu-central-1:123456789012"
    detail = {
        "clusterArn": f"{ecs}:cluster/{cluster}",
        "containers": list(containers),
        "desiredStatus": "STOPPED",
        "lastStatus": status,
        "launchType": "FARGATE",
        "stoppedReason": 'CannotPullContainerError: failed to resolve ref "lockkeeper"',
        "taskArn": f"{ecs}:task/{cluster}/0123456789abcdef0123456789abcdef",
        "taskDefinitionArn": f"{ecs}:task-definition/{family}:7",
        **({"stopCode": stop} if stop else {}),
    }
    envelope = {"source": "aws.ecs", "detail-type": "ECS Task State Change", "time": "2026-01-01T00:00:00Z"}
    return envelope | {"detail": detail}


def container(exit_code=None, name="lockkeeper"):
    seen = {"containerArn": "arn:aws:ecs:eu-central-1:123456789012:container/1", "name": name, "lastStatus": "STOPPED"}
    return seen if exit_code is None else seen | {"exitCode": exit_code}


def agent(exit_code=None):
    return container(exit_code, "aws-guardduty-agent")


@pytest.mark.parametrize(("notifies", "happened"), [
    (False, event(container(0))),
    (False, event(container(10))),
    (False, event(container(0), stop=None)),
    (False, event(agent(137), container(0))),
    (False, event(agent(), container(0))),
    (False, event(container(), stop=None, status="RUNNING")),
    (False, event(container(1), family="shop")),
    (False, event(container(1), family="lockkeeper-2")),
    (False, event(container(1), cluster="staging")),
    (True, event(container(1))),
    (True, event(container(137))),
    (True, event(container(143), stop="UserInitiated")),
    (True, event(container(0), stop="SpotInterruption")),
    (True, event(container())),
    (True, event(container(), agent(0))),
    (True, event(agent(1), container())),
    (True, event(agent(0), container(1))),
    (True, event(container(), stop="TaskFailedToStart")),
    (True, event(stop="TaskFailedToStart")),
    (True, event(container(), stop="AStopCodeOfTheFuture")),
    (True, event(container(), stop=None)),
])  # fmt: skip
def test_a_failed_task_is_reported_and_no_other(notifies, happened):
    assert matches(resolved(RESOURCES["EndedBadly"]["Properties"]["EventPattern"]), happened) == notifies


@pytest.mark.parametrize("codes", ["[1]", ""])
def test_the_message_is_json_for_slack_whatever_the_reason_holds(codes):
    [target] = resolved(RESOURCES["EndedBadly"]["Properties"]["Targets"])
    detail = event(container())["detail"]
    text = target["InputTransformer"]["InputTemplate"]
    for name, value in {
        " <reason>": " " + json.dumps(detail["stoppedReason"]),
        "<codes>": codes,
        "<stop>": detail["stopCode"],
        "<task>": detail["taskArn"],
        "<time>": "2026-01-01T00:00:00Z",
    }.items():
        text = text.replace(name, value)
    message = json.loads(text)
    assert "<" not in text
    assert f"lockkeeper in default ended badly: EssentialContainerExited, exit codes {codes}" in message["text"]
    assert (message["version"], message["source"]) == ("1.0", "custom")
    assert message["content"]["description"] == detail["stoppedReason"]


@pytest.mark.parametrize("given", [GIVEN, ALL_OF_IT], ids=["least", "all"])
def test_it_can_be_created(given):
    moto = pytest.importorskip("moto", reason="creates the stack")
    boto3 = pytest.importorskip("boto3", reason="creates the stack")
    here = {"region_name": "eu-central-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    with moto.mock_aws():
        ec2 = boto3.client("ec2", **here)
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        database = ec2.create_security_group(GroupName="database", Description="database", VpcId=vpc)["GroupId"]
        subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24")["Subnet"]["SubnetId"] for n in (1, 2)]
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        values = given | {"VpcId": vpc, "DatabaseSecurityGroupId": database}
        if given is ALL_OF_IT:
            values |= {"EndpointSubnetIds": ",".join(subnets), "RouteTableIds": table}
        # Moto doesn't support alarms, so the dashboard can't refer to their ARNs.
        template = re.sub(r"\$\{(\w+Alarm)\.Arn}", r"\1", TEMPLATE.read_text())
        cloudformation = boto3.client("cloudformation", **here)
        cloudformation.create_stack(
            StackName="lockkeeper",
            TemplateBody=template,
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        [stack] = cloudformation.describe_stacks(StackName="lockkeeper")["Stacks"]
        outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        assert stack["StackStatus"] == "CREATE_COMPLETE"
        assert outputs.keys() == STACK["Outputs"].keys()
        assert outputs["RepositoryUri"] == "123456789012.dkr.ecr.eu-central-1.amazonaws.com/lockkeeper"
        [rule] = ec2.describe_security_groups(GroupIds=[database])["SecurityGroups"][0]["IpPermissions"]
        assert (rule["FromPort"], rule["UserIdGroupPairs"][0]["GroupId"]) == (5432, outputs["SecurityGroup"])
        assert len(ec2.describe_vpc_endpoints()["VpcEndpoints"]) == (5 if given is ALL_OF_IT else 0)
        json.loads(boto3.client("cloudwatch", **here).get_dashboard(DashboardName="lockkeeper")["DashboardBody"])
