"""Starts the emulator on a free port of loopback, sets up the account, and writes the exports for it.

usage: python -m emulator --state FOLDER --registry HOST:PORT --image IMAGE --app-image IMAGE --database-port PORT

The database's password comes from DATABASE_PASSWORD. FOLDER gets `env` when everything is ready.
"""

import argparse
import logging
import os
import platform
import signal
import sys
import threading
from pathlib import Path

import docker
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from emulator.account import REGION, Clients
from emulator.containers import Containers
from emulator.faults import Faults
from emulator.furniture import Database, put_up
from emulator.images import Images
from emulator.lifecycle import Platform
from emulator.request import GATE
from emulator.secrets import Secrets
from emulator.server import Front
from emulator.services import Services
from emulator.settings import Settings
from emulator.tasks import Tasks

PATIENCE = 5


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    faults, settings = Faults(), Settings()
    front = Front(DomainDispatcherApplication(create_backend_app), faults, settings)
    server = make_server("127.0.0.1", 0, front, threaded=True, request_handler=QuietHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    clients = Clients(endpoint)
    engine = docker.from_env(timeout=180)
    containers = Containers(engine, _task_environment(endpoint), str(given.state))
    surroundings = Platform(
        containers,
        Images(engine, given.registry),
        Secrets(clients.of("secretsmanager"), clients.of("ssm")),
        clients.of("logs"),
        faults,
        settings,
    )
    tasks = Tasks(surroundings, clients.of("ecs"), clients.of("ec2"), clients.of("iam"))
    services = Services(tasks, settings)
    front.open(tasks, services)
    try:
        database = Database(given.database_port, "app", "app", os.environ["DATABASE_PASSWORD"])
        found = put_up(clients, database, given.app_image)
        services.create_service(_app(found))
        _write_exports(given, endpoint, found)
        signal.pause()
    finally:
        tasks.stop_all(PATIENCE)
        containers.remove_all()


class QuietHandler(WSGIRequestHandler):
    """No access log: the server logs requests itself."""

    def log_request(self, *_: object) -> None:
        pass


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description="ECS on the local Docker engine")
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--registry", required=True)
    parser.add_argument("--image", required=True)
    parser.add_argument("--app-image", required=True)
    parser.add_argument("--database-port", type=int, required=True)
    return parser.parse_args()


def _task_environment(endpoint: str) -> dict[str, str]:
    """Serves the task role's credentials."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "task",
        "AWS_SECRET_ACCESS_KEY": "task",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EXECUTION_ENV": "AWS_ECS_FARGATE",
    }


def _app(found: dict[str, str]) -> dict[str, object]:
    return {
        "cluster": "test",
        "serviceName": "app",
        "taskDefinition": found["APP_TASK_DEFINITION"],
        "desiredCount": 1,
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": False}},
        "networkConfiguration": {
            "awsvpcConfiguration": {
                "subnets": found["SUBNETS"].split(","),
                "securityGroups": [found["APP_SECURITY_GROUP"]],
                "assignPublicIp": "DISABLED",
            }
        },
    }


def _write_exports(given: argparse.Namespace, endpoint: str, found: dict[str, str]) -> None:
    exports = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": GATE,
        "AWS_SECRET_ACCESS_KEY": GATE,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "CPU_ARCHITECTURE": "ARM64" if platform.machine() in ("aarch64", "arm64") else "X86_64",
        "IMAGE": given.image,
        "APP_IMAGE": given.app_image,
        **found,
    }
    ready = given.state / "env.new"
    ready.write_text("".join(f"export {name}='{value}'\n" for name, value in exports.items()))
    ready.rename(given.state / "env")


main()
