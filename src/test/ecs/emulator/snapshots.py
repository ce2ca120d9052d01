"""RDS snapshots that take a while: `creating` first, `available` then."""

import threading
from typing import Any

from moto.rds.models import rds_backends

from emulator.account import ACCOUNT, REGION
from emulator.settings import Settings


def delay(asked: dict[str, Any], settings: Settings) -> None:
    """After CreateDBSnapshot was answered."""
    snapshot = rds_backends[ACCOUNT][REGION].database_snapshots.get(asked.get("DBSnapshotIdentifier", ""))
    if snapshot is None:
        return
    snapshot.status = "creating"
    threading.Timer(settings.snapshot, lambda: setattr(snapshot, "status", "available")).start()
