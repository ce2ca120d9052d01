"""ecs/tunnel, with stand-ins for Session Manager and ssh that accept connections as PostgreSQL does."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

TUNNEL = Path(__file__).parents[3] / "ecs" / "tunnel"
NAME = "orders.abc.eu-central-1.rds.amazonaws.com"

# Replaces the Session Manager plugin: a process that aws starts, which listens and answers as PostgreSQL does.
PLUGIN = textwrap.dedent("""
    import socket, sys, time
    time.sleep(float(sys.argv[2]))
    listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    while True:
        client, _ = listening.accept()
        if client.recv(8) == bytes.fromhex("0000000804d2162f"):
            client.sendall(sys.argv[3].encode())
        client.close()
""")

AWS = textwrap.dedent("""
    import json, os, subprocess, sys
    words = sys.argv[1:]
    with open(os.environ["CALLS"], "a") as calls:
        calls.write(json.dumps(words) + "\\n")
    if words[:2] == ["ecs", "list-tasks"]:
        print("arn:aws:ecs:eu-central-1:1:task/production/abc123")
    elif words[:2] == ["ecs", "describe-tasks"]:
        agents = [{"name": "ExecuteCommandAgent", "lastStatus": "RUNNING"}]
        container = {"name": "app", "runtimeId": "abc123-42", "managedAgents": agents}
        answer = {"taskArn": "arn:aws:ecs:eu-central-1:1:task/production/abc123", "enableExecuteCommand": True, "containers": [container]}
        print(json.dumps({"tasks": [answer]}))
    elif words[:2] == ["ssm", "start-session"]:
        print("Starting session with SessionId: someone-0a1b2c", flush=True)
        if os.environ.get("REFUSED"):
            sys.exit("An error occurred (TargetNotConnected) when calling the StartSession operation: i-0 is not connected.")
        port = json.loads(words[words.index("--parameters") + 1])["localPortNumber"][0]
        subprocess.run([sys.executable, os.environ["PLUGIN"], port, os.environ.get("SECONDS_TO_OPEN", "0"), os.environ.get("ANSWER", "S")])
""")

SSH = 'import os, subprocess, sys\nwhere = sys.argv[sys.argv.index("-L") + 1]\nsubprocess.run([sys.executable, os.environ["PLUGIN"], where.split(":")[1], "0", "S"])\n'


@pytest.fixture
def place(tmp_path):
    for name, text in {"aws": AWS, "ssh": SSH}.items():
        (tmp_path / f"{name}.py").write_text(text)
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{tmp_path}/{name}.py" "$@"\n')
        program.chmod(0o755)
    (tmp_path / "plugin.py").write_text(PLUGIN)
    return tmp_path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def environment(place, **more):
    own = {"PATH": f"{place}:{os.environ['PATH']}", "CALLS": str(place / "calls"), "PLUGIN": str(place / "plugin.py"), "HOME": str(place)}
    return own | more


def tunnel(place, through, *command, port=None, **more):
    port = port or free_port()
    words = [TUNNEL, "--through", through, "--host", NAME, "--local-port", str(port), *(["--", *command] if command else [])]
    ended = subprocess.run(words, env=environment(place, **more), capture_output=True, text=True, timeout=90, check=False)
    return ended, port


def closed(port: int) -> bool:
    for _ in range(50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return True
        time.sleep(0.1)
    return False


SHOW = ("sh", "-c", 'echo "$DATABASE_HOST $DATABASE_PORT $DATABASE_ENDPOINT"; exit 7')


@pytest.mark.parametrize("through", ["i-0123456789", "mi-0123456789", "ecs:production/app", "ecs:production_abc123_abc123-42", "ssh:me@bastion"])
def test_the_command_runs_through_it_and_nothing_is_left(place, through):
    ended, port = tunnel(place, through, *SHOW)
    assert (ended.returncode, ended.stdout) == (7, f"127.0.0.1 {port} {NAME}\n"), ended.stderr
    assert closed(port)


def test_a_service_is_resolved_to_a_container(place):
    tunnel(place, "ecs:production/app", "true")
    calls = (place / "calls").read_text()
    assert "ecs:production_abc123_abc123-42" in calls and "AWS-StartPortForwardingSessionToRemoteHost" in calls
    assert '"terminate-session", "--session-id", "someone-0a1b2c"' in calls


def test_it_waits_until_postgresql_itself_answers(place):
    ended, _ = tunnel(place, "i-0", "echo", "there", SECONDS_TO_OPEN="2")
    assert (ended.returncode, ended.stdout) == (0, "there\n")


def test_a_refused_session_says_why(place):
    ended, _ = tunnel(place, "i-0", "true", REFUSED="1")
    assert ended.returncode == 69 and "TargetNotConnected" in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_takes_it_down(place, number):
    port = free_port()
    words = [TUNNEL, "--through", "i-0", "--host", NAME, "--local-port", str(port)]
    process = subprocess.Popen(words, env=environment(place), stdout=subprocess.PIPE, text=True)
    assert f"DATABASE_ENDPOINT={NAME}" in process.stdout.readline()
    process.send_signal(number)
    assert process.wait(timeout=10) == 128 + number
    assert closed(port)


def test_a_port_in_use_is_no_database_of_ours(place):
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=other.accept, daemon=True).start()
        ended, _ = tunnel(place, "i-0", "true", port=other.getsockname()[1])
    assert ended.returncode == 69 and "in use" in ended.stderr


@pytest.mark.parametrize("wrong", [["--host", "x"], ["--through", "i-0"], ["--colour", "red"], ["--through", "i-0", "--host", "x", "--port", "0"], ["--through", "vpn", "--host", "x"]])
def test_bad_input(place, wrong):
    ended = subprocess.run([TUNNEL, *wrong], env=environment(place), capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 64 and ended.stderr
