#!/usr/bin/env python3
"""An `aws` that answers from a script, for what the emulation can't do. Used by test_run_task.py.

$FAKE_AWS is a folder with script.json: {"ecs run-task": [ANSWER, ...]}; the last answer of a list is repeated.
ANSWER: {"out": object} or {"error": "text"}; "seconds" delays it, and "hang": true never answers.
Every call becomes a line of calls.jsonl, with the content of --cli-input-json.
"""

import fcntl
import json
import os
import sys
import time
from pathlib import Path

folder = Path(os.environ["FAKE_AWS"])


def option(name: str) -> str | None:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def recorded(operation: str) -> int:
    """Records the call; returns the number of earlier calls of the same operation."""
    given = option("--cli-input-json")
    parameters = json.loads(Path(given.removeprefix("file://")).read_text()) if given else sys.argv[3:]
    with open(folder / "calls.jsonl", "a+") as calls:
        fcntl.flock(calls, fcntl.LOCK_EX)
        calls.seek(0)
        before = sum(1 for line in calls if json.loads(line)["operation"] == operation)
        calls.write(json.dumps({"operation": operation, "parameters": parameters, "at": time.time()}) + "\n")
    return before


def main() -> int:
    operation = " ".join(sys.argv[1:3])
    before = recorded(operation)
    answers = json.loads((folder / "script.json").read_text()).get(operation)
    if not answers:
        print(f"An error occurred (Unscripted) when calling {operation}", file=sys.stderr)
        return 254
    answer = answers[min(before, len(answers) - 1)]
    time.sleep(3600 if answer.get("hang") else answer.get("seconds", 0))
    if "error" in answer:
        print(f"\n{answer['error']}", file=sys.stderr)
        return 254
    print(json.dumps(answer["out"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
