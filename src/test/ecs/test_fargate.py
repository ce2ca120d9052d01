"""ecs/run-task and ecs/roll-out end to end: the real AWS CLI and image, a real PostgreSQL, and the emulated ECS.

src/test/ecs/fargate test
"""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from harness.wait import wait_until

ROOT = Path(__file__).parents[3]

ROLE = "arn:aws:iam::123456789012:role/"


def ours(definition):
    return definition["containerDefinitions"][0]


def with_environment(**variables):
    def change(definition):
        ours(definition)["environment"] += [{"name": name, "value": value} for name, value in variables.items()]

    return change


def with_container(account, name, *command, essential=False):
    """Adds a container before ours in the list, as monitoring agents are added."""

    def change(definition):
        sidecar = {"name": name, "image": account.variables["APP_IMAGE"], "essential": essential, "stopTimeout": 2}
        definition["containerDefinitions"].insert(0, sidecar | {"command": ["sh", "-c", *command]})

    return change


def at_work(deploy, **begin):
    """A deploy whose change set runs in the database and takes long."""
    running = deploy.begin("migrate", "--changelog", "tests/endless.sql", **begin).says("RUNNING")
    wait_until(lambda: any("pg_sleep" in each for each in deploy.database.statements()), 60, running.output)
    return running


# --- it ends well


def test_an_empty_database_is_migrated(deploy, database):
    ended = deploy.run().exits(0).touched("yes")
    ended.says("Registered task definition", "applied 0001-create-jobs in", "STOPPED")
    ended.summarizes("## Lockkeeper: `migrate`, done", r"\| 0016-report-unknown-queues \|", "empty → up-to-date", "console.aws")
    assert database.rows("SELECT count(*) FROM databasechangelog") == [(16,)]
    task = deploy.task()
    assert (task["stopCode"], deploy.container()["exitCode"]) == ("EssentialContainerExited", 0)


def test_then_there_is_nothing_to_do(deploy):
    deploy.run().exits(0)
    ended = deploy.run("migrate").exits(0).touched("no").says("is up to date")
    assert "up-to-date" in ended.summary
    deploy.run("status", "--check").exits(0).touched("no")


def test_the_log_is_shown_while_the_task_runs(deploy, database):
    database.rows("CREATE SCHEMA hold")
    running = deploy.begin("migrate", "--changelog", "tests/held.sql").says("applied tests/held.sql::1 in")
    assert deploy.task()["lastStatus"] == "RUNNING"
    database.rows("DROP SCHEMA hold")
    running.ends().exits(0).says("applied tests/held.sql::2 in")


def test_a_family_or_an_arn_runs_as_it_is_registered(deploy):
    arn = deploy.registered()
    deploy.options = {"--task-definition": deploy.family, "--image": None}
    deploy.run("status").exits(0).says("pending: 0016-report-unknown-queues")
    deploy.options["--task-definition"] = arn
    deploy.run("migrate", "--count", "1").exits(0).touched("yes")
    assert {task["taskDefinitionArn"] for task in deploy.account.tasks(deploy.family)} == {arn}


def test_subnets_and_security_groups_instead_of_a_service(deploy):
    subnet = deploy.account.variables["SUBNETS"].split(",")[1]
    deploy.options = {"--service": None, "--subnets": subnet}
    deploy.run("status").exits(0)
    assert deploy.task()["attachments"][0]["details"] == [{"name": "subnetId", "value": subnet}]


def test_a_snapshot_is_there_before_anything_runs(deploy):
    deploy.options = {"--snapshot": "database"}
    ended = deploy.run("status").exits(0)
    assert ended.output.index("is available") < ended.output.index("Task ")
    snapshots = deploy.account.client("rds").describe_db_snapshots(DBInstanceIdentifier="database")["DBSnapshots"]
    assert snapshots[-1]["SnapshotCreateTime"] < deploy.task()["createdAt"]


def test_a_password_that_was_rotated_meanwhile_is_read_again(deploy, database):
    database.put_secret(password="the one before")
    running = deploy.begin("migrate", "--changelog", "tests/quick.sql")
    running.says("RUNNING")
    time.sleep(1)
    database.put_secret()
    running.ends().exits(0)
    assert len(deploy.account.tasks(deploy.family)) == 1


def test_on_github_it_annotates_and_no_log_line_is_a_command(deploy, tmp_path):
    outputs, summary = tmp_path / "outputs", tmp_path / "github-summary.md"
    deploy.options = {"--summary": None}
    deploy.variables = {"GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary)}
    lines = deploy.run("migrate", "--changelog", "tests/hostile.sql").exits(0).output.splitlines()
    (stop,) = [line for line in lines if line.startswith("::stop-commands::")]
    go_on = lines.index(f"::{stop.rpartition('::')[2]}::")
    notice = next(number for number, line in enumerate(lines) if "::error::first" in line)
    assert lines.index(stop) < notice < go_on
    assert [line for line in lines[go_on + 1 :] if line.startswith("::notice title=Lockkeeper::1 change set applied.")]
    written = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
    assert written == {"task-arn": deploy.task()["taskArn"], "exit-code": "0", "outcome": "done", "applied": "1"}
    assert "## Lockkeeper" in summary.read_text()


# --- the container's own exit codes


def test_1_names_the_failed_change_set_and_its_sqlstate(deploy, database):
    ended = deploy.run("migrate", "--changelog", "tests/fails.sql").exits(1).touched("yes")
    ended.summarizes("exit code 1", "Failed: `tests/fails.sql::divides`, SQLSTATE 22012")
    ended.summarizes(r"\| tests/fails.sql::1")
    assert database.rows("SELECT id FROM databasechangelog") == [("1",)]


def test_2_bad_usage(deploy):
    deploy.run("migrate", "--no-such-option").exits(2).touched("no").says("--no-such-option")


def test_4_the_database_cannot_be_used(deploy, database):
    database.put_secret(port=1)
    deploy.run("migrate", "--connect-wait", "0s").exits(4).touched("no")


def test_5_another_runner(deploy, database):
    database.rows(
        "CREATE TABLE databasechangeloglock (id int, locked boolean, lockgranted timestamp, lockedby varchar(255));"
        "INSERT INTO databasechangeloglock VALUES (1, true, now(), 'other')"
    )
    deploy.run("migrate", "--wait", "1s").exits(5).touched("no")


def test_6_a_state_that_forbids_it(deploy, database):
    database.rows("CREATE TABLE somebodys (x int)")
    deploy.run("migrate").exits(6).touched("no").says("baseline")


def test_7_a_lock_that_is_not_granted(deploy, database):
    database.rows("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.held (x int)")
    with database.session() as session, session.transaction():
        session.execute("LOCK TABLE elsewhere.held")
        command = ["migrate", "--changelog", "tests/locked.sql", "--lock-timeout", "1s", "--lock-retries", "1"]
        deploy.run(*command).exits(7).says("waiting for")


def test_8_the_deadline(deploy):
    deploy.run("migrate", "--changelog", "tests/endless.sql", "--deadline", "2s").exits(8)


def test_10_something_is_pending(deploy):
    deploy.run("status", "--check").exits(10).touched("no")


def test_11_a_connection_that_is_not_regained(deploy, database):
    running = at_work(deploy, change=with_environment(LOCKKEEPER_CONNECT_WAIT="1s"))
    database.administrate(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS false")
    database.administrate(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.name}'")
    running.ends().exits(11)


# --- it never started: 65, and the database wasn't touched


def never_started(ended, *words):
    ended.exits(65).touched("no").says("never started", *words).summarizes("exit code 65", r"touched: \*\*no")


def test_a_secret_that_does_not_exist(deploy, account):
    arn = account.variables["DATABASE_SECRET_ARN"]
    deploy.variables = {"DATABASE_SECRET_ARN": arn.replace("database-", "nowhere-")}
    never_started(deploy.run(), "Secrets Manager can't find the specified secret")
    assert "startedAt" not in deploy.task() and "exitCode" not in deploy.container()


def test_a_secret_that_the_execution_role_may_not_read(deploy, account):
    account.fault("denied", action="secretsmanager:GetSecretValue", platform=True)
    never_started(deploy.run(), "AccessDeniedException", "secretsmanager:GetSecretValue")


def test_a_secret_without_the_key(deploy):
    def change(definition):
        ours(definition)["secrets"][0]["valueFrom"] += ":no-such-key::"

    never_started(deploy.run(change=change), "did not contain json key no-such-key", "valueFrom")


def test_an_image_that_does_not_exist(deploy, image):
    deploy.options = {"--image": image.partition("@")[0] + "@sha256:" + "0" * 64}
    never_started(deploy.run(), "CannotPullContainerError", "digest")


def test_a_program_that_does_not_exist(deploy):
    def change(definition):
        ours(definition).update(entryPoint=["/nowhere"], linuxParameters={})

    never_started(deploy.run(change=change), "CannotStartContainerError", "/nowhere")


def test_a_log_group_that_does_not_exist(deploy):
    deploy.variables = {"LOG_GROUP": "/nowhere"}
    never_started(deploy.run(), "log group does not exist", "logs:CreateLogStream")


def test_stopped_by_a_person_before_it_started(deploy, account):
    account.settings(way_up=3)
    running = deploy.begin().says("PROVISIONING|PENDING")
    account.ecs.stop_task(cluster="test", task=deploy.task()["taskArn"], reason="wrong branch")
    running.ends().exits(65).touched("no").says("wrong branch")


def test_a_role_that_does_not_exist(deploy):
    deploy.variables = {"EXECUTION_ROLE_ARN": f"{ROLE}nobody"}
    deploy.run().exits(65).touched("no").says("unable to assume the role")


def test_run_task_that_is_denied(deploy, account):
    account.fault("denied", action="ecs:RunTask", permission="iam:PassRole")
    deploy.run().exits(65).touched("no").says("iam:PassRole")
    assert account.tasks(deploy.family) == []


def test_no_capacity_at_all(deploy, account):
    account.fault("capacity", times=None)
    deploy.options = {"--timeout": "20s"}
    deploy.run().exits(65).touched("no").says("Capacity is unavailable")


# --- it was killed: 66


def test_out_of_memory(deploy):
    ended = deploy.run(change=lambda definition: ours(definition).update(memory=24)).exits(66)
    ended.touched("unknown").says("Raise memory")
    assert deploy.container()["exitCode"] == 137


def test_stopped_by_a_person(deploy, account):
    running = at_work(deploy)
    account.ecs.stop_task(cluster="test", task=deploy.task()["taskArn"], reason="the app is down because of this")
    running.ends().exits(66).says("the app is down because of this")
    assert deploy.container()["exitCode"] == 143


def test_the_platform_takes_the_task_away(deploy, account):
    running = at_work(deploy)
    account.interrupt("TerminationNotice", "Your task's host is being retired.")
    running.ends().exits(66).says("TerminationNotice", "being retired")


def test_an_essential_sidecar_that_dies_first(deploy, account):
    dies = with_container(account, "proxy", "sleep 5; exit 3", essential=True)
    at_work(deploy, change=dies).ends().exits(66).says("proxy", "exit code 3")
    assert deploy.container()["exitCode"] == 143


# --- what must not change the verdict


def test_a_sidecar_that_fails_is_a_warning(deploy, account):
    ended = deploy.run(change=with_container(account, "agent", "exit 9")).exits(0).touched("yes")
    ended.says("Warning: Container agent ended with exit code 9").summarizes("Warning: Container agent")


def test_a_container_that_the_platform_adds(deploy, account):
    account.settings(runtime_monitoring=True)
    deploy.run("status").exits(0)


def test_a_task_that_is_missing_for_a_while(deploy, account):
    account.settings(missing=6)
    deploy.run("status").exits(0)


def test_a_log_that_comes_late(deploy, account):
    account.settings(line_delay=3)
    deploy.run("status").exits(0).says("run.started|status, Lockkeeper", "pending: 0016-report-unknown-queues").touched("no")


def test_an_empty_page_is_not_the_end_of_the_log(deploy, account):
    account.fault("empty-page", action="logs:GetLogEvents", times=8)
    deploy.run("status").exits(0).says("pending: 0016-report-unknown-queues")


def test_a_log_that_may_not_be_read(deploy, account):
    account.fault("denied", action="logs:GetLogEvents", times=None)
    deploy.run("status").exits(0).says("Warning: .*logs:GetLogEvents")


def test_a_network_interface_that_never_comes_is_tried_once_more(deploy, account):
    account.fault("network-interface")
    deploy.run("status").exits(0).says("network interface")
    reasons = [task["stopCode"] for task in account.tasks(deploy.family)]
    assert reasons == ["TaskFailedToStart", "EssentialContainerExited"]


def test_a_network_interface_that_never_comes_twice(deploy, account):
    account.fault("network-interface", times=None)
    never_started(deploy.run(), "network interface")
    assert len(account.tasks(deploy.family)) == 2


def test_no_capacity_for_a_moment(deploy, account):
    account.fault("capacity", times=2)
    deploy.run("status").exits(0)


@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize("kind", ["throttling", "lost-request", "lost-answer"])
def test_run_task_is_asked_again_and_one_task_runs(deploy, account, kind, times):
    """The AWS CLI itself retries after one fault, but not after four."""
    account.fault(kind, action="ecs:RunTask", times=times)
    deploy.run("status").exits(0)
    assert deploy.task()


@pytest.mark.parametrize("action", ["ecs:DescribeTasks", "logs:GetLogEvents", "ecs:ListTasks", "ecs:DescribeServices"])
@pytest.mark.parametrize("kind", ["throttling", "lost-request"])
def test_any_other_call_may_fail_for_a_while(deploy, account, kind, action):
    account.fault(kind, action=action, times=5)
    deploy.run("status").exits(0).says("pending: 0016-report-unknown-queues")


def test_the_same_command_again_in_one_job_runs_again(deploy, database):
    deploy.variables = {"GITHUB_RUN_ID": database.name, "GITHUB_JOB": "migrate", "GITHUB_RUN_ATTEMPT": "1"}
    deploy.run("status", "--check").exits(10)
    deploy.run("migrate").exits(0)
    deploy.run("status", "--check").exits(0)


def test_answers_of_run_task_that_never_come_leave_the_outcome_unknown(deploy, account):
    account.fault("lost-answer", times=None)
    deploy.options = {"--timeout": "20s"}
    deploy.run("status").exits(68).touched("unknown")


def test_a_password_that_was_rotated_meanwhile_is_injected_into_a_second_task(deploy, database):
    """If the container can't read the secret itself."""
    database.put_secret(password="the one before")

    def change(definition):
        ours(definition)["environment"] = [{"name": "LOCKKEEPER_CONNECT_WAIT", "value": "2s"}]

    running = deploy.begin("status", change=change).says("RUNNING")
    database.put_secret()
    running.ends().exits(0).says("refused the login")
    assert len(deploy.account.tasks(deploy.family)) == 2


# --- time limit, cancellation, credentials


def test_the_time_limit_stops_the_task(deploy, database):
    deploy.options = {"--timeout": "20s"}
    change = with_environment(LOCKKEEPER_DEADLINE="10m")
    ended = deploy.run("migrate", "--changelog", "tests/endless.sql", change=change).exits(67).says("20s")
    ended.summarizes("exit code 67")
    assert (deploy.task()["stopCode"], deploy.container()["exitCode"]) == ("UserInitiated", 143)
    assert database.statements() == []


def test_the_time_limit_passes_before_the_task_runs(deploy, account):
    account.settings(way_up=60)
    deploy.options = {"--timeout": "20s"}
    deploy.run("migrate").exits(67).touched("no")
    assert "startedAt" not in deploy.stopped_task()


def test_the_time_limit_stops_the_task_though_stopping_is_throttled(deploy, account):
    account.fault("throttling", action="ecs:StopTask", times=5)
    deploy.options = {"--timeout": "20s"}
    change = with_environment(LOCKKEEPER_DEADLINE="10m")
    deploy.run("migrate", "--changelog", "tests/endless.sql", change=change).exits(67)


def test_the_containers_own_deadline_comes_first(deploy):
    deploy.options = {"--timeout": "20s"}
    deploy.run("migrate", "--changelog", "tests/endless.sql").exits(8)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_cancelled_job_stops_its_task(deploy, database, number, code):
    running = at_work(deploy)
    # A runner sends SIGINT, SIGTERM after 7.5 s, and kills 2.5 s later.
    running.signal(number).ends(seconds=7.5).exits(code).says("asked to stop the task").summarizes(f"exit code {code}")
    assert (deploy.container()["exitCode"], deploy.stopped_task()["stopCode"]) == (143, "UserInitiated")
    assert database.statements() == []


def test_a_job_that_is_cancelled_before_its_task_runs(deploy, account):
    account.settings(way_up=5)
    deploy.begin("migrate").says("PROVISIONING").signal(signal.SIGTERM).ends(seconds=7.5).exits(143)
    assert "startedAt" not in deploy.stopped_task()


def test_a_job_that_is_cancelled_while_run_task_is_asked(deploy, account):
    account.fault("slow", seconds=3)
    running = deploy.begin("migrate")
    account.await_strike()
    running.signal(signal.SIGTERM).ends(seconds=7.5).exits(143).says("asked to stop the task")
    assert deploy.stopped_task()["stopCode"] == "UserInitiated"


def test_a_job_that_is_cancelled_while_the_snapshot_is_taken(deploy, account):
    account.settings(snapshot=60)
    deploy.options = {"--snapshot": "database"}
    ended = deploy.begin("migrate").says("Taking snapshot").signal(signal.SIGINT).ends(seconds=7.5)
    ended.exits(130).touched("no").says("No task was started")
    assert account.tasks(deploy.family) == []


def test_a_killed_gate_is_followed_by_one_that_attaches(deploy, database):
    deploy.variables = {"GITHUB_RUN_ID": database.name, "GITHUB_JOB": "migrate", "GITHUB_RUN_ATTEMPT": "1"}
    database.rows("CREATE SCHEMA hold")
    deploy.begin("migrate", "--changelog", "tests/held.sql").says("applied tests/held.sql::1 in").kill()
    deploy.variables["GITHUB_RUN_ATTEMPT"] = "2"
    running = deploy.begin("migrate", "--changelog", "tests/held.sql").says("still runs")
    database.rows("DROP SCHEMA hold")
    running.ends().exits(0).touched("yes").says("applied tests/held.sql::1", "applied tests/held.sql::2")
    assert deploy.task()


def test_a_rerun_of_a_stopped_task_runs_again(deploy, database):
    deploy.variables = {"GITHUB_RUN_ID": database.name, "GITHUB_JOB": "migrate", "GITHUB_RUN_ATTEMPT": "1"}
    deploy.run("status").exits(0)
    deploy.variables["GITHUB_RUN_ATTEMPT"] = "2"
    deploy.run("status").exits(0)
    assert len(deploy.account.tasks(deploy.family)) == 2


def test_credentials_that_expire_while_it_runs(deploy, account):
    running = at_work(deploy)
    account.fault("expired-credentials", action=None, times=None)
    running.ends().exits(68).touched("unknown").says(deploy.task()["taskArn"])
    assert deploy.task()["lastStatus"] == "RUNNING"


# --- the roll-out that comes after


@pytest.fixture
def app(account):
    """A running service for this test only."""
    name, network = f"app-{time.monotonic_ns()}", account.network()
    definition = account.service()["taskDefinition"]
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": False}}
    account.ecs.create_service(
        cluster="test", serviceName=name, taskDefinition=definition, desiredCount=1,
        networkConfiguration=network, deploymentConfiguration=breaker,
    )  # fmt: skip
    account.ecs.get_waiter("services_stable").wait(cluster="test", services=[name], WaiterConfig={"Delay": 1})
    yield name
    account.ecs.delete_service(cluster="test", service=name, force=True)


def revision(account, *command):
    current = account.service()["taskDefinition"]
    definition = account.ecs.describe_task_definition(taskDefinition=current)["taskDefinition"]
    container = definition["containerDefinitions"][0] | {"command": ["sh", "-c", *command]}
    known = {name: definition[name] for name in ("family", "networkMode", "requiresCompatibilities", "cpu", "memory")}
    registered = account.ecs.register_task_definition(**known, containerDefinitions=[container])
    return registered["taskDefinition"]["taskDefinitionArn"]


def roll_out(account, service, family):
    """ecs/roll-out with the family's latest revision as it is; its exit code and output."""
    image = account.variables["APP_IMAGE"]
    words = ["--cluster", "test", "--service", service, "--family", family, "--image", image, "--timeout", "60s"]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run([ROOT / "ecs/roll-out", *words], env=account.variables, check=False, **pipe)
    return done.returncode, done.stdout


def test_a_new_version_replaces_the_old_one(account, app):
    new = revision(account, "trap exit TERM; while :; do sleep 1 & wait $!; done")
    code, output = roll_out(account, app, "app")
    assert code == 0, output
    (deployment,) = account.service(app)["deployments"]
    assert (deployment["taskDefinition"], deployment["rolloutState"]) == (new, "COMPLETED")
    assert deployment["runningCount"] == 1


def test_a_new_version_that_exits_fails_and_the_old_one_keeps_running(account, app):
    revision(account, "exit 1")
    code, output = roll_out(account, app, "app")
    assert code == 66 and "tasks failed to start" in output, output
    failed, old = account.service(app)["deployments"]
    assert (failed["rolloutState"], failed["failedTasks"]) == ("FAILED", 3)
    assert (old["rolloutState"], old["runningCount"]) == ("COMPLETED", 1)


def test_a_new_version_that_exits_is_rolled_back_if_the_service_is_set_to(account, app):
    old = account.service(app)["taskDefinition"]
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    account.ecs.update_service(cluster="test", service=app, deploymentConfiguration=breaker)
    revision(account, "exit 1")
    code, output = roll_out(account, app, "app")
    assert code == 66, output
    primary, failed = account.service(app)["deployments"]
    assert (primary["taskDefinition"], failed["rolloutState"]) == (old, "FAILED")


# --- answers of the emulator that the gate doesn't use


def request(account, deploy, **more):
    return {
        "cluster": "test", "taskDefinition": deploy.registered(), "launchType": "FARGATE",
        "networkConfiguration": account.network(), **more,
    }  # fmt: skip


def test_the_same_token_is_the_same_task(account, deploy):
    asked = request(account, deploy, clientToken=deploy.family)
    first, second = (account.ecs.run_task(**asked)["tasks"][0]["taskArn"] for _ in range(2))
    assert first == second
    with pytest.raises(account.ecs.exceptions.ConflictException) as conflict:
        account.ecs.run_task(**asked, startedBy="another")
    assert conflict.value.response["resourceIds"] == [first]


def test_only_live_tasks_are_listed(account, deploy):
    arn = account.ecs.run_task(**request(account, deploy, startedBy=deploy.family))["tasks"][0]["taskArn"]
    assert account.ecs.list_tasks(cluster="test", startedBy=deploy.family)["taskArns"] == [arn]
    account.ecs.stop_task(cluster="test", task=arn)
    assert account.ecs.list_tasks(cluster="test", startedBy=deploy.family)["taskArns"] == []


def test_sigkill_comes_after_the_stop_timeout(account, deploy):
    def deaf(definition):
        ours(definition).update(image=account.variables["APP_IMAGE"], stopTimeout=2, secrets=[], environment=[])
        ours(definition).update(command=["sh", "-c", "trap '' TERM; sleep 600 & wait"])

    file = json.loads(deploy.definition(deaf).read_text())
    for name in ("executionRoleArn", "taskRoleArn", "runtimePlatform"):
        del file[name]
    del ours(file)["logConfiguration"]
    arn = account.ecs.register_task_definition(**file)["taskDefinition"]["taskDefinitionArn"]
    account.ecs.run_task(**request(account, deploy) | {"taskDefinition": arn})
    time.sleep(3)
    account.ecs.stop_task(cluster="test", task=deploy.task()["taskArn"])
    assert deploy.container()["exitCode"] == 137
