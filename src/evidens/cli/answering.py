"""How a command ends: exit codes, and an answer as JSON or as text."""

import json
from typing import Any

ANSWER, BAD, NOT_AVAILABLE = 0, 2, 3


def write_json(content: Any) -> None:
    """Print the answer for another program."""
    print(json.dumps(content, ensure_ascii=False, indent=1, default=str))


def code(available: bool) -> int:
    """The exit code of an answer, or of a figure that is not there."""
    if available:
        return ANSWER
    return NOT_AVAILABLE
