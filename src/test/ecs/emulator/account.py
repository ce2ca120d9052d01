"""The one account and region that are emulated, and clients for its services."""

import boto3
from botocore.client import BaseClient
from botocore.config import Config

from emulator.request import PLATFORM

ACCOUNT = "123456789012"
REGION = "eu-central-1"


class Clients:
    """Signed as the platform: what it calls is never answered by the emulator's own actions, nor struck by faults
    that are meant for the gate."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._session = boto3.Session(PLATFORM, PLATFORM, region_name=REGION)

    def of(self, service: str) -> BaseClient:
        # Room for a connection of every running task's log.
        configuration = Config(max_pool_connections=50, retries={"max_attempts": 1})
        return self._session.client(service, endpoint_url=self._endpoint, config=configuration)
