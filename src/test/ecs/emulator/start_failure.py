"""Why a task never started, in the words that ECS puts into stoppedReason.

The words: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""


class StartFailure(Exception):
    """`container` names the one that couldn't start, where it was one of them."""

    def __init__(self, reason: str, container: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.container = container


class StoppedWhileStarting(Exception):
    """Somebody stopped the task before it ran."""
