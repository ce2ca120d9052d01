"""Waiting for something to become true."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def wait_until(look: Callable[[], Found], seconds: float = 30, otherwise: Callable[[], str] = lambda: "") -> Found:
    """What `look` finds, as soon as it finds something; fails with what `otherwise` says."""
    until = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < until, otherwise() or f"not within {seconds} s"
        time.sleep(0.1)
    return found
