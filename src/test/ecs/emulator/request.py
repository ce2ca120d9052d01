"""A request to an AWS service: caller, service, action and parameters."""

import io
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

SCOPE = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")

# Access keys: of the gate, and of the emulator's own calls.
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
    """None if the request isn't signed by AWS's Signature Version 4. The body can be read again afterwards."""
    scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if not scope:
        return None
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    action = target.rpartition(".")[2] or dict(parse_qsl(body.decode("utf-8", "replace"))).get("Action", "")
    return Request(scope["key"], scope["service"], action, bool(target), body)
