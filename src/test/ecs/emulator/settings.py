"""How long the emulated parts take, in seconds, and what is added to every task. Can be changed at any time."""

from dataclasses import dataclass, fields


@dataclass
class Settings:
    missing: float = 0.3  # DescribeTasks answers MISSING this long after RunTask
    way_up: float = 0.1  # each state until RUNNING
    way_down: float = 0.1  # each state until STOPPED, in addition to the containers' time
    stream_delay: float = 0.5  # a log stream exists this long after its container started
    line_delay: float = 0.2  # a log line can be read this long after it was written
    snapshot: float = 1.0  # an RDS snapshot is `creating`
    steady: float = 1.0  # a service's task has to run this long to count as started
    failed_deployment: float = 10.0  # a failed deployment is shown this long after it was rolled back
    runtime_monitoring: bool = False  # a container that isn't in the task definition is first, like GuardDuty's

    def change(self, values: dict[str, float | bool]) -> None:
        for name, value in values.items():
            setattr(self, name, value)

    def reset(self) -> None:
        for field in fields(self):
            setattr(self, field.name, field.default)
