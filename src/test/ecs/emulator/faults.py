"""Faults: switched on by a person or a test, they affect the next requests that match."""

import threading
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from emulator.account import ACCOUNT
from emulator.answers import AwsError
from emulator.request import GATE, PLATFORM, Request


class Kind(StrEnum):
    CAPACITY = "capacity"  # RunTask answers with failures[] instead of a task
    THROTTLING = "throttling"
    DENIED = "denied"
    EXPIRED_CREDENTIALS = "expired-credentials"
    SLOW = "slow"  # the request takes `seconds` until it is handled
    LOST_REQUEST = "lost-request"  # the connection closes before the request was handled
    LOST_ANSWER = "lost-answer"  # the connection closes after the request was handled
    NETWORK_INTERFACE = "network-interface"  # the next task never gets its network interface
    EMPTY_PAGE = "empty-page"  # GetLogEvents answers without events, which isn't the end


@dataclass
class Fault:
    """Affects `times` requests, or all from now on if that is None.

    The action is `service:Action`, or any if it is None. The requests are the gate's, or with `platform` those that
    start a task. `permission` is the missing permission in a denial, if that isn't the action (`iam:PassRole`).
    """

    kind: Kind
    action: str | None = "ecs:RunTask"
    times: int | None = 1
    platform: bool = False
    permission: str | None = None
    seconds: float = 3.0

    def __post_init__(self) -> None:
        self.kind = Kind(self.kind)

    def fits(self, request: Request) -> bool:
        return self.action in (None, request.name) and request.caller == (PLATFORM if self.platform else GATE)


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._active: list[Fault] = []

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._active.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._active.clear()

    def described(self) -> list[dict[str, Any]]:
        """The faults that haven't happened as often as set."""
        with self._lock:
            return [asdict(fault) for fault in self._active]

    def strike(self, kind: Kind, request: Request | None = None) -> Fault | None:
        """The fault of this kind for the current request, counted as one of its times."""
        with self._lock:
            fault = next((f for f in self._active if f.kind == kind and (not request or f.fits(request))), None)
            if fault and fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._active.remove(fault)
            return fault

    def refuse(self, request: Request) -> None:
        """Raises the error that AWS returns instead of handling the request."""
        if self.strike(Kind.EXPIRED_CREDENTIALS, request):
            code = "ExpiredTokenException" if request.speaks_json else "ExpiredToken"
            raise AwsError(code, "The security token included in the request is expired")
        if denial := self.strike(Kind.DENIED, request):
            raise _denied(request, denial)
        if self.strike(Kind.THROTTLING, request):
            raise AwsError("ThrottlingException" if request.speaks_json else "Throttling", "Rate exceeded")


def _denied(request: Request, denial: Fault) -> AwsError:
    who = "execution/fargate" if request.caller == PLATFORM else "deploy/gate"
    permission = denial.permission or request.name
    resource = request.parameters().get("taskDefinition") or request.parameters().get("SecretId") or "*"
    return AwsError(
        "AccessDeniedException" if request.speaks_json else "AccessDenied",
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/{who} is not authorized to perform: {permission} "
        f"on resource: {resource} because no identity-based policy allows the {permission} action",
    )
