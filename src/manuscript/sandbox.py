"""Reading in a process of its own, with a limit on its time and memory: a hostile file ends that process and nothing else.

`python -m manuscript.sandbox NAME < FILE` writes the result as JSON; it needs neither settings nor database.
"""

import gc
import json
import resource
import subprocess
import sys
from typing import Any

from manuscript.source import MEGABYTES, Unreadable

SECONDS = 60
MEMORY = 1024 * 1024 * 1024
TOO_MUCH = (
    "Filen er for stor eller for indviklet at læse. Del den, eller gem den som ren tekst, og prøv igen."
)


def read_in_sandbox(content: bytes, name: str) -> tuple[dict[str, Any], list[str]]:
    """(what was found, as plain data; the file's lines). Raises Unreadable with a Danish sentence."""
    if len(content) > MEGABYTES * 1024 * 1024:
        raise Unreadable(
            f"Filen fylder {len(content) // 1024 // 1024} MB. Den må højst fylde {MEGABYTES} MB."
        )
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
    from manuscript.reading import read

    gc.disable()  # what a reading makes it needs to its end; to look for waste costs a tenth of the time
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        found, lines = read(sys.stdin.buffer.read(), sys.argv[1])
        answer: dict[str, Any] = {"result": found.as_json(), "lines": lines}
    except Unreadable as error:
        answer = {"unreadable": str(error)}
    except (MemoryError, RecursionError):
        answer = {"unreadable": TOO_MUCH}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    main()
