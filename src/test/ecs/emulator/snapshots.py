"""RDS snapshots that take time: first `creating`, then `available`."""

import threading
from typing import Any

from moto.rds.models import rds_backends

from emulator.account import ACCOUNT, REGION
from emulator.settings import Settings


def delay(asked: dict[str, Any], settings: Settings) -> None:
    """Called after the answer to CreateDBSnapshot."""
    snapshot = rds_backends[ACCOUNT][REGION].database_snapshots.get(asked.get("DBSnapshotIdentifier", ""))
    if snapshot is None:
        return
    snapshot.status = "creating"
    threading.Timer(settings.snapshot, lambda: setattr(snapshot, "status", "available")).start()
