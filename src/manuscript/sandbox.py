"""Reading in a process of its own, with limits: a hostile file ends that process and nothing else.

`python -m manuscript.sandbox NAME < FILE` writes the result as JSON.
"""

import gc
import json
import resource
import subprocess
import sys
from typing import Any

from manuscript.errors import Unreadable
from manuscript.reading import read
from manuscript.source import refuse_too_large

SECONDS = 60
MEMORY = 1024 * 1024 * 1024
TOO_MUCH = (
    "Filen er for stor eller for indviklet at læse. Del den, eller gem den som ren tekst, og prøv igen."
)


def read_in_sandbox(content: bytes, name: str) -> tuple[dict[str, Any], list[str]]:
    """(what was found, as plain data; the file's lines). Raises Unreadable with a Danish sentence."""
    refuse_too_large(content)
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the name is an argument, no shell
            [sys.executable, "-m", "manuscript.sandbox", name],
            input=content,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(TOO_MUCH) from error
    if done.returncode:
        raise Unreadable(TOO_MUCH)
    answer = json.loads(done.stdout)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"])
    return answer["result"], answer["lines"]


def main() -> None:
    """Read standard input and write JSON."""
    gc.disable()  # what a reading makes it needs to its end; to look for waste costs a tenth of the time
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(_answer(), ensure_ascii=True))


def _answer() -> dict[str, Any]:
    try:
        found, lines = read(sys.stdin.buffer.read(), sys.argv[1])
    except Unreadable as error:
        return {"unreadable": str(error)}
    except (MemoryError, RecursionError):
        return {"unreadable": TOO_MUCH}
    return {"result": found.as_json(), "lines": lines}


if __name__ == "__main__":
    main()
