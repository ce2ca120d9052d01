"""Waiting for something to become true."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def wait_until(look: Callable[[], Found], seconds: float = 30, otherwise: Callable[[], str] = lambda: "") -> Found:
    """Returns what `look` finds, as soon as it finds something. Fails with the text of `otherwise`."""
    until = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < until, otherwise() or f"not within {seconds} s"
        time.sleep(0.1)
    return found
