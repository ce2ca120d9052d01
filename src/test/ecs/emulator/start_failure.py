"""Why a task never started, with the texts that ECS writes into stoppedReason.

The words: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""


class StartFailure(Exception):
    """`container` names the one that couldn't start, if it was a container."""

    def __init__(self, reason: str, container: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.container = container


class StoppedWhileStarting(Exception):
    """The task was stopped before it ran."""
