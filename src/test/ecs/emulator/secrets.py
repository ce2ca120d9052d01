"""Secrets of a container definition, read with the execution role before anything starts."""

import json
from typing import Any

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from emulator.start_failure import StartFailure

FAILED = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "


class Secrets:
    def __init__(self, secrets_manager: BaseClient, parameter_store: BaseClient) -> None:
        self._secrets_manager = secrets_manager
        self._parameter_store = parameter_store

    def values(self, definition: dict[str, Any]) -> dict[str, str]:
        return {each["name"]: self._value(each["valueFrom"]) for each in definition.get("secrets") or []}

    def _value(self, reference: str) -> str:
        if ":secretsmanager:" in reference:
            return self._secret(reference)
        return self._parameter(reference)

    def _secret(self, reference: str) -> str:
        """`arn:…:secret:name:json-key:version-stage:version-id`, of which the last three may be empty or absent."""
        parts = reference.split(":")
        arn, (key, stage, version) = ":".join(parts[:7]), [*parts[7:], "", "", ""][:3]
        asked = {"SecretId": arn, "VersionStage": stage, "VersionId": version}
        try:
            answer = self._secrets_manager.get_secret_value(**{name: value for name, value in asked.items() if value})
        except ClientError as error:
            raise _unreadable("secret from asm", f"failed to fetch secret {arn} from secrets manager", error) from error
        return _of_key(answer["SecretString"], key) if key else answer["SecretString"]

    def _parameter(self, reference: str) -> str:
        name = reference.partition(":parameter")[2] or reference
        try:
            return self._parameter_store.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
        except ClientError as error:
            raise _unreadable("secrets from ssm", "fetching secret data from SSM Parameter Store", error) from error


def _of_key(secret: str, key: str) -> str:
    try:
        return str(json.loads(secret)[key])
    except (ValueError, KeyError, TypeError) as error:
        raise StartFailure(
            f"{FAILED}unable to retrieve secret from asm: service call has been retried 1 time(s): "
            f"retrieved secret from Secrets Manager did not contain json key {key}"
        ) from error


def _unreadable(what: str, where: str, error: ClientError) -> StartFailure:
    details = error.response["Error"]
    return StartFailure(
        f"{FAILED}unable to retrieve {what}: service call has been retried 1 time(s): "
        f"{where}: {details['Code']}: {details['Message']}"
    )
