"""Questions: what a source holds, what is public, what may be said of it."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def standard() -> dict[str, Any]:
    """The source and the series that a district begins with."""
    return tomllib.loads(files("samraad.figures").joinpath("data/straf11.toml").read_text("utf-8"))
