"""The HTTP server: control of faults and settings, the emulator's own actions, and moto for everything else."""

import json
import logging
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from emulator.answers import AwsError, StartResponse, send, send_error
from emulator.faults import Fault, Faults, Kind
from emulator.request import PLATFORM, Request, read
from emulator.services import Services
from emulator.settings import Settings
from emulator.snapshots import delay
from emulator.tasks import NO_CAPACITY, Tasks

Wsgi = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class Front:
    def __init__(self, moto: Wsgi, faults: Faults, settings: Settings) -> None:
        self._moto = moto
        self._faults = faults
        self._settings = settings
        self._actions: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
        self._control: dict[tuple[str, str], Callable[[dict[str, Any]], Any]] = {
            ("GET", "/fargate/faults"): lambda _: faults.described(),
            ("POST", "/fargate/faults"): lambda asked: faults.add(Fault(**asked)),
            ("DELETE", "/fargate/faults"): lambda _: faults.clear(),
            ("POST", "/fargate/settings"): settings.change,
            ("DELETE", "/fargate/settings"): lambda _: settings.reset(),
        }

    def open(self, tasks: Tasks, services: Services) -> None:
        """Set only now: these actions call moto through this server."""
        self._control["POST", "/fargate/interruption"] = lambda asked: tasks.interrupt(**asked)
        self._actions = {
            "ecs:RunTask": tasks.run_task,
            "ecs:DescribeTasks": tasks.describe_tasks,
            "ecs:ListTasks": tasks.list_tasks,
            "ecs:StopTask": tasks.stop_task,
            "ecs:CreateService": services.create_service,
            "ecs:UpdateService": services.update_service,
            "ecs:DescribeServices": services.describe_services,
            "ecs:ListServices": services.list_services,
            "ecs:DeleteService": services.delete_service,
        }

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        control = self._control.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        if control:
            return _controlled(control, environ, start_response)
        request = read(environ)
        if request is None:
            return self._moto(environ, start_response)
        if request.caller != PLATFORM:
            logging.info("%s %s", request.caller, request.name)
        try:
            return self._answer(request, environ, start_response)
        except AwsError as error:
            logging.info("%s %s: %s: %s", request.caller, request.name, error.code, error.message)
            return send_error(start_response, error, request.speaks_json)

    def _answer(self, request: Request, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if slow := self._faults.strike(Kind.SLOW, request):
            time.sleep(slow.seconds)
        if self._faults.strike(Kind.LOST_REQUEST, request):
            _hang_up(environ)
        self._faults.refuse(request)
        if self._faults.strike(Kind.CAPACITY, request):
            return send(start_response, {"tasks": [], "failures": [{"reason": NO_CAPACITY}]})
        if self._faults.strike(Kind.EMPTY_PAGE, request):
            return send(start_response, _empty_page(request.parameters()))
        answer = self._handle(request, environ, start_response)
        if self._faults.strike(Kind.LOST_ANSWER, request):
            _hang_up(environ)
        return answer

    def _handle(self, request: Request, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        action = self._actions.get(request.name)
        if action and request.caller != PLATFORM:
            return send(start_response, action(request.parameters()))
        answer = self._moto(environ, start_response)
        if request.name == "rds:CreateDBSnapshot":
            delay(request.parameters(), self._settings)
        return answer


def _controlled(
    control: Callable[[dict[str, Any]], Any], environ: dict[str, Any], start_response: StartResponse
) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        return send(start_response, {"done": control(json.loads(body or b"{}"))})
    except (TypeError, ValueError) as error:
        return send_error(start_response, AwsError("ValidationException", str(error)), speaks_json=True)


def _hang_up(environ: dict[str, Any]) -> NoReturn:
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError("a fault that was asked for")


def _empty_page(asked: dict[str, Any]) -> dict[str, Any]:
    """Another token for the same position: the caller must continue with it."""
    position = asked.get("nextToken", f"f/{-1:056d}").partition("/")[2]
    token = f"{int(position):0{len(position) + 1}d}"
    return {"events": [], "nextForwardToken": f"f/{token}", "nextBackwardToken": f"b/{token}"}
