"""Has a document set in a process of its own: one that asks for too much ends that process and no more."""

import json
import logging
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

log = logging.getLogger(__name__)

SECONDS = 20
HERE = Path(__file__).resolve().parent
PLACES = (HERE / "fonts", HERE.parents[3] / "assets" / "print")  # of the wheel, of the repository
NO_FONTS = (
    "PDF kan ikke laves på denne server, for skrifterne mangler. Hent Word-filen, "
    "og sig til den, der driver siden, at ./run skal hente skrifterne igen."
)
TOO_MUCH = (
    "PDF kunne ikke laves: dokumentet er for stort eller har en form, vi ikke kan sætte. "
    "Hent Word-filen, og skriv til den, der driver siden."
)


class NotMade(Exception):
    """No file came of it: a Danish sentence that says why and what to do."""


def fonts() -> Path:
    """The folder of the fonts. Raises NotMade when they were not collected."""
    for place in PLACES:
        if place.is_dir():
            return place
    raise NotMade(NO_FONTS)


def pressed(content: dict[str, object], dated: date) -> bytes:
    """The PDF file of a document's content, made in another process. Raises NotMade.

    The file says that it is of the day `dated`, whenever it is made: the same content gives the same bytes.
    """
    noon = int(datetime.combine(dated, time(12), UTC).timestamp())
    bounds = map(str, (fonts(), SECONDS, noon))
    return run_apart(HERE / "typesetter.py", *bounds, given=json.dumps(content).encode(), otherwise=TOO_MUCH)


def run_apart(script: Path, *words: str, given: bytes = b"", otherwise: str) -> bytes:
    """What a script of ours wrote, run in a process of its own with nothing but its words and its input.

    Raises NotMade with the sentence `otherwise` when it ended badly, or not in time.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own file, no shell; what comes from others is its input
            [sys.executable, "-I", str(script), *words],
            env={},
            input=given,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotMade(otherwise) from error
    if done.returncode:
        log.error("%s: %s", script.stem, done.stderr.decode(errors="replace")[-2000:])
        raise NotMade(otherwise)
    return done.stdout
