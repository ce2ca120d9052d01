"""The answers of an AWS service, in the caller's protocol."""

import json
import uuid
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

StartResponse = Callable[..., Any]


class AwsError(Exception):
    """An error that a service documents; details are its members other than the message."""

    def __init__(self, code: str, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details


def send(start_response: StartResponse, body: dict[str, Any]) -> Iterable[bytes]:
    return _send(start_response, "200 OK", "application/x-amz-json-1.1", json.dumps(body).encode())


def send_error(start_response: StartResponse, error: AwsError, speaks_json: bool) -> Iterable[bytes]:
    if speaks_json:
        body = {"__type": error.code, "message": error.message, **error.details}
        return _send(start_response, "400 Bad Request", "application/x-amz-json-1.1", json.dumps(body).encode())
    xml = (
        f"<ErrorResponse><Error><Type>Sender</Type><Code>{escape(error.code)}</Code>"
        f"<Message>{escape(error.message)}</Message></Error><RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>"
    )
    return _send(start_response, "400 Bad Request", "text/xml", xml.encode())


def _send(start_response: StartResponse, status: str, content_type: str, body: bytes) -> Iterable[bytes]:
    headers = [
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("x-amzn-RequestId", str(uuid.uuid4())),
    ]
    start_response(status, headers)
    return [body]
