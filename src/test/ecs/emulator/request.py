"""What a caller of an AWS service sends: who calls, which service, which action, with which parameters."""

import io
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

SCOPE = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")

# Access keys: what the gate is given, and what the emulator signs its own calls with.
GATE = "test"
PLATFORM = "fargate"


@dataclass(frozen=True)
class Request:
    caller: str
    service: str
    action: str
    speaks_json: bool
    body: bytes

    @property
    def name(self) -> str:
        """The action as policies name it, `ecs:RunTask`."""
        return f"{self.service}:{self.action}"

    def parameters(self) -> dict[str, Any]:
        return json.loads(self.body or b"{}") if self.speaks_json else dict(parse_qsl(self.body.decode()))


def read(environ: dict[str, Any]) -> Request | None:
    """None where nothing is signed by AWS's Signature Version 4; the body stays readable for whoever comes next."""
    scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if not scope:
        return None
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    action = target.rpartition(".")[2] or dict(parse_qsl(body.decode("utf-8", "replace"))).get("Action", "")
    return Request(scope["key"], scope["service"], action, bool(target), body)
