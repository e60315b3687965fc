"""From a change of mean speed to accidents: the power and the exponential model, with versioned figures."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from evidens.errors import BadRequest

OUTCOMES = {
    "fatal": "dræbte",
    "fatal_serious": "dræbte og alvorligt tilskadekomne",
    "injury": "uheld med personskade",
}
KINDS = ("power", "exponential")
DEFAULT = "nilsson-2004"
NAMES = {"power": "potensmodel", "exponential": "eksponentialmodel"}


@dataclass(frozen=True)
class SpeedModel:
    """A model with its source and version; `figures` is the exponent or coefficient by outcome."""

    id: str
    version: int
    kind: str
    source: str
    figures: dict[str, float]

    def ratio(self, before: float, after: float, outcome: str = "injury") -> float:
        """What accidents become, as a ratio, when the mean speed (km/h) changes.

        The power model is Nilsson's (2004), the exponential one Elvik's (2014). Raises BadRequest on a speed
        that is not above 0 and on an outcome that the model has no figure for.

        >>> round(model().ratio(46.2, 43.2), 3)
        0.874
        """
        if min(before, after) <= 0:
            raise BadRequest("Farten skal være over 0 km/t.")
        figure = self.figures.get(outcome)
        if figure is None:
            known = ", ".join(self.figures)
            raise BadRequest(f"{self.id} har intet tal for {outcome}. Den har {known}.")
        if self.kind == "power":
            return float((after / before) ** figure)
        return float(np.exp(figure * (after - before)))

    def words(self) -> str:
        """The model with its source, for a sentence."""
        return f"{NAMES[self.kind]}, {self.source.partition(',')[0]}"


def model(name: str = DEFAULT, extra: Path | None = None) -> SpeedModel:
    """A model by its id; `extra` is a file with models of one's own.

    Raises BadRequest on one that is unknown, and on one whose figures nobody has read from its source.
    """
    known = {one.id: one for one in _models()}
    if extra is not None:
        known |= {one.id: one for one in _read(extra.read_text("utf-8"), extra.name)}
    if name not in known:
        raise BadRequest(f"Modellen {name} kendes ikke. Vælg {', '.join(known)}.")
    found = known[name]
    if not found.figures:
        raise BadRequest(
            f"Tallene i {name} er ikke læst i kilden ({found.source}). Skriv dem i en fil med kilde, "
            "og giv den med --models."
        )
    return found


@cache
def _models() -> tuple[SpeedModel, ...]:
    text = resources.files("evidens").joinpath("data/speed_models.toml").read_text("utf-8")
    return _read(text, "speed_models.toml")


def _read(text: str, name: str) -> tuple[SpeedModel, ...]:
    try:
        rows = tomllib.loads(text).get("model", [])
    except tomllib.TOMLDecodeError as error:
        raise BadRequest(f"{name} er ikke TOML ({error}).") from None
    return tuple(map(_model, rows))


def _model(row: dict[str, object]) -> SpeedModel:
    name, figures, version = str(row.get("id", "")), row.get("figures", {}), row.get("version", 0)
    if not str(row.get("source", "")).strip():
        raise BadRequest(f"Modellen {name} har ingen kilde. Skriv source.")
    if row.get("kind") not in KINDS:
        raise BadRequest(f'Modellen {name} skal have kind = "power" eller "exponential".')
    if not isinstance(figures, dict) or not isinstance(version, int):
        raise BadRequest(f"Modellen {name} skal have version (et helt tal) og figures.")
    numbers = {}
    for outcome, figure in figures.items():
        if outcome not in OUTCOMES or not isinstance(figure, int | float):
            raise BadRequest(f"Modellen {name}: {outcome} skal være et af {', '.join(OUTCOMES)} med et tal.")
        numbers[outcome] = float(figure)
    return SpeedModel(name, version, str(row["kind"]), str(row["source"]), numbers)
