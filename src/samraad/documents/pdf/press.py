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
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell; the document comes by its input
            [sys.executable, "-I", str(HERE / "typesetter.py"), *bounds],
            env={},
            input=json.dumps(content).encode(),
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotMade(TOO_MUCH) from error
    if done.returncode:
        log.error("typst: %s", done.stderr.decode(errors="replace")[-2000:])
        raise NotMade(TOO_MUCH)
    return done.stdout
