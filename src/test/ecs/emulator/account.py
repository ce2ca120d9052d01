"""The one account and region that are emulated, and clients for its services."""

import boto3
from botocore.client import BaseClient
from botocore.config import Config

from emulator.request import PLATFORM

ACCOUNT = "123456789012"
REGION = "eu-central-1"


class Clients:
    """Signed as the platform: the emulator's own actions never answer its calls, and faults for the gate don't
    affect them."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._session = boto3.Session(PLATFORM, PLATFORM, region_name=REGION)

    def of(self, service: str) -> BaseClient:
        # Enough connections for the logs of all running tasks.
        configuration = Config(max_pool_connections=50, retries={"max_attempts": 1})
        return self._session.client(service, endpoint_url=self._endpoint, config=configuration)
