"""The word lists of `words.toml`."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(name: str) -> str:
    """A list as the inside of a pattern: "udarbejder|drøfter|..."."""
    lists = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    return "|".join(lists[name].split())
