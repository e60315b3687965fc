"""A client of Statistics Denmark's API (StatBank, https://api.statbank.dk/v1).

Every fault ends in a sentence: the server's own words where it has some. Answers are kept in a cache by table, query and the
table's own update time, so that the same question is asked once per update.
"""

import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.utils import parsedate_to_datetime
from fnmatch import fnmatchcase
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidens.errors import BadRequest, SourceDown

if TYPE_CHECKING:
    from evidens.counts import Counts

CELLS = 1_000_000  # the server's limit for formats that are not streamed
TRIES, PATIENCE = 4, 0.5


@dataclass(frozen=True)
class Variable:
    """A table's dimension: its code, its text and its values as (code, text); `total_when_left_out` is StatBank's elimination."""

    code: str
    text: str
    values: tuple[tuple[str, str], ...]
    time: bool
    total_when_left_out: bool

    def chosen(self, wanted: Sequence[str]) -> list[str]:
        """The value codes that "*", "202*", "*K1", "(1)", "(-n+5)", ">=2020K1", "<=2021K3" and plain codes mean; raises BadRequest."""
        codes = [code for code, _ in self.values]
        found: dict[str, None] = {}
        for pattern in wanted:
            matched = self._matching(pattern, codes)
            if not matched:
                few = ", ".join(codes[:5]) + (f" … {codes[-1]}" if len(codes) > 5 else "")
                raise BadRequest(f"{self.code} har ikke værdien {pattern}. Den har {few}.")
            found.update(dict.fromkeys(matched))
        return [code for code in codes if code in found]

    @staticmethod
    def _matching(pattern: str, codes: list[str]) -> list[str]:
        if newest := re.fullmatch(r"\((?:-n\+)?(\d+)\)", pattern):
            return codes[-int(newest[1]) :]
        if between := re.fullmatch(r"(?:>=(\w+))?(?:<=(\w+))?", pattern):
            low, high = between.groups()
            return (
                [code for code in codes if (low or "") <= code and (high is None or code <= high)]
                if low or high
                else []
            )
        return [code for code in codes if code == pattern or ("*" in pattern and fnmatchcase(code, pattern))]


@dataclass(frozen=True)
class TableInfo:
    """What a table has. The named official of `contacts` is dropped before anything is kept."""

    id: str
    title: str
    unit: str
    updated: str
    suppressed_value: str
    footnote: str
    variables: tuple[Variable, ...]

    def variable(self, code: str) -> Variable:
        """By code, whatever the case; raises BadRequest."""
        for one in self.variables:
            if one.code.lower() == code.lower():
                return one
        raise BadRequest(
            f"{self.id} har ikke variablen {code}. Den har {', '.join(one.code for one in self.variables)}."
        )

    def text(self) -> str:
        """For a person."""
        lines = [f"{self.id}: {self.title}. Enhed: {self.unit}. Opdateret {self.updated[:10]}."]
        for one in self.variables:
            ends = ", ".join(
                f"{code} {text}" for code, text in dict.fromkeys((*one.values[:1], *one.values[-1:]))
            )
            lines.append(f"  {one.code} ({one.text}): {len(one.values)} værdier, {ends}")
        return "\n".join([*lines, self.footnote]).strip()


@dataclass(frozen=True)
class Reply:
    """A data answer: its bytes, how many rows, when it was given out, and the query it answers (codes, all variables)."""

    table: TableInfo
    format: str
    body: bytes
    rows: int
    extracted_on: date | None
    query: dict[str, list[str]]
    cached: bool = False


class StatBank:
    """The API at `server`. `cache` is a folder; `progress` is told what is being fetched; `timeout` in seconds per read."""

    def __init__(
        self,
        server: str = "https://api.statbank.dk/v1",
        *,
        cache: Path | None = None,
        progress: Callable[[str], None] | None = None,
        timeout: float = 60.0,
        patience: float = PATIENCE,
        lang: str = "da",
    ) -> None:
        import urllib3

        retry = urllib3.Retry(
            total=TRIES, backoff_factor=patience, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=None,
            respect_retry_after_header=True, raise_on_status=False,
        )  # fmt: skip
        self._pool = urllib3.PoolManager(retries=retry, timeout=urllib3.Timeout(connect=10, read=timeout))
        self._server, self._cache, self._tell, self._lang = (
            server.rstrip("/"),
            cache,
            progress or (lambda text: None),
            lang,
        )

    def subjects(self, ids: Sequence[str] = (), recursive: bool = False) -> list[dict[str, Any]]:
        """The subjects, as StatBank gives them: id, description, active, hasSubjects, subjects."""
        return self._list("subjects", {"subjects": list(ids), "recursive": recursive})

    def tables(self, subjects: Sequence[str] = ()) -> list[dict[str, Any]]:
        """The tables of some subjects: id, text, unit, updated, firstPeriod, latestPeriod, active, variables."""
        return self._list("tables", {"subjects": list(subjects)})

    def tableinfo(self, table: str) -> TableInfo:
        """A table's variables and values; raises BadRequest when there is no such table."""
        raw = self._parsed(
            self._ask(
                "tableinfo",
                {"table": table, "format": "JSON", "lang": self._lang},
                f"{table}: hvad tabellen har",
            )
        )
        try:
            variables = tuple(
                Variable(
                    v["id"],
                    v["text"],
                    tuple((x["id"], x["text"]) for x in v["values"]),
                    bool(v.get("time")),
                    bool(v.get("elimination")),
                )
                for v in raw["variables"]
            )
            footnote = (raw.get("footnote") or {}).get("text", "")
            return TableInfo(
                raw["id"], raw["text"], raw.get("unit", ""), raw.get("updated", ""), str(raw.get("suppressedDataValue", "")),
                " ".join(footnote.split()), variables,
            )  # fmt: skip
        except (KeyError, TypeError) as error:
            raise SourceDown(f"Svaret om {table} har ikke den form, det plejer ({error} mangler).") from None

    def data(self, table: str, chosen: Mapping[str, Sequence[str]], format: str | None = None) -> Reply:
        """Rows as codes. `chosen` must name every variable (a left-out one would silently be a total); raises BadRequest.

        CSV up to the server's limit of a million cells, since its rows can be counted; above it BULK, whose zero rows are left
        out and which is checked less closely. A cut-off answer is asked for again, then refused.
        """
        info = self.tableinfo(table)
        query = {one.code: one.chosen(wanted) for one, wanted in self._all(info, chosen)}
        cells = prod(len(codes) for codes in query.values())
        form = (format or ("CSV" if cells <= CELLS else "BULK")).upper()
        key = hashlib.sha256(
            json.dumps([info.id, info.updated, form, query], sort_keys=True).encode()
        ).hexdigest()
        if (kept := self._kept(key)) is not None:
            body, day = kept
            return Reply(info, form, body, _rows(body), day, query, cached=True)
        question: dict[str, Any] = {
            "table": info.id, "format": form, "lang": self._lang, "valuePresentation": "Code",
            "variables": [{"code": code, "values": codes} for code, codes in query.items()],
        }  # fmt: skip
        if form == "BULK":
            question["allowCodeOverrideInColumnNames"] = True
        body, day = self._whole(
            question, f"{info.id}: {cells:,} tal".replace(",", "."), form, cells, len(query) + 1
        )
        self._keep(key, body, day)
        return Reply(info, form, body, _rows(body), day, query)

    def counts(self, table: str, chosen: Mapping[str, Sequence[str]]) -> "Counts":
        """The rows as Counts, with the zero rows that BULK leaves out, and the extract's date. Raises BadFile like any file."""
        from evidens.sources.opening import open_bytes
        from evidens.sources.statfile import read_statfile

        reply = self.data(table, chosen)
        body = reply.body
        if (
            not reply.rows and reply.format == "BULK"
        ):  # every figure is 0: write one of them out, so that there is a table to read
            body += ";".join([*(codes[0] for codes in reply.query.values()), "0"]).encode() + b"\n"
        found = read_statfile(open_bytes(body, f"{reply.table.id}.csv"), extracted_on=reply.extracted_on)
        source = replace(found.source, table=reply.table.id)
        return (
            _with_zeros(replace(found, source=source), reply)
            if reply.format == "BULK"
            else replace(found, source=source)
        )

    @staticmethod
    def _all(info: TableInfo, chosen: Mapping[str, Sequence[str]]) -> list[tuple[Variable, Sequence[str]]]:
        given = {info.variable(code).code: values for code, values in chosen.items()}
        if missing := [one.code for one in info.variables if one.code not in given]:
            raise BadRequest(
                f"Vælg også {', '.join(missing)} (* er alle). En variabel, der udelades, bliver stiltiende til en sum."
            )
        return [(one, given[one.code]) for one in info.variables]

    def _list(self, what: str, question: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self._parsed(self._ask(what, question | {"lang": self._lang, "format": "JSON"}, what))
        if not isinstance(answer, list):
            raise SourceDown(f"Svaret på {what} har ikke den form, det plejer.")
        return answer

    @staticmethod
    def _parsed(answer: tuple[bytes, date | None]) -> Any:
        try:
            return json.loads(answer[0].decode("utf-8-sig"))
        except ValueError:
            raise SourceDown(
                "Svaret fra statistikbanken er ikke helt, eller det er ikke JSON. Prøv igen."
            ) from None

    def _ask(self, what: str, question: dict[str, Any], told: str) -> tuple[bytes, date | None]:
        """One POST with retries on 429 and 5xx; the server's own message on 400 and 404."""
        import urllib3

        self._tell(f"Henter {told} …")
        try:
            reply = self._pool.request("POST", f"{self._server}/{what}", json=question, preload_content=False)
            body = b"".join(reply.stream(1 << 20))
        except urllib3.exceptions.HTTPError as error:
            raise SourceDown(
                f"Statistikbanken svarede ikke ({type(error).__name__}). Prøv igen senere."
            ) from None
        if reply.status >= 400:
            raise self._refused(reply.status, body)
        if "html" in reply.headers.get("Content-Type", "") or body.lstrip()[:9].lower().startswith(
            (b"<!doctype", b"<html")
        ):
            raise SourceDown("Statistikbanken svarede med en webside og ikke med tal. Prøv igen senere.")
        given = reply.headers.get("Date")
        return body, parsedate_to_datetime(given).date() if given else None

    @staticmethod
    def _refused(status: int, body: bytes) -> Exception:
        try:
            said = json.loads(body)["message"]
        except (ValueError, KeyError, TypeError):
            said = ""
        if status == 404:
            return BadRequest(said or "Tabellen findes ikke i statistikbanken.")
        if status < 500 and said:
            return BadRequest(f"Statistikbanken siger: {said}")
        return SourceDown(f"Statistikbanken svarede {status}. Prøv igen senere.")

    def _whole(
        self, question: dict[str, Any], told: str, form: str, cells: int, fields: int
    ) -> tuple[bytes, date | None]:
        for attempt in (1, 2):
            try:
                body, day = self._ask("data", question, told)
                if fault := _cut_off(body, form, cells, fields):
                    raise SourceDown(fault)
                return body, day
            except SourceDown as error:
                if attempt == 2 or "webside" in str(error) or "svarede 5" in str(error):
                    raise
                self._tell("Svaret var ikke helt; prøver igen …")
        raise AssertionError

    def _kept(self, key: str) -> tuple[bytes, date | None] | None:
        if self._cache is None or not (self._cache / f"{key}.json").exists():
            return None
        about = json.loads((self._cache / f"{key}.json").read_text("utf-8"))
        body = (self._cache / f"{key}.csv").read_bytes()
        if hashlib.sha256(body).hexdigest() != about["sha256"]:
            return None
        return body, date.fromisoformat(about["extracted_on"]) if about["extracted_on"] else None

    def _keep(self, key: str, body: bytes, day: date | None) -> None:
        if self._cache is None:
            return
        self._cache.mkdir(parents=True, exist_ok=True)
        (self._cache / f"{key}.csv").write_bytes(body)
        about = {"sha256": hashlib.sha256(body).hexdigest(), "extracted_on": day.isoformat() if day else None}
        (self._cache / f"{key}.json").write_text(json.dumps(about), "utf-8")


def _rows(body: bytes) -> int:
    return body.count(b"\n") - 1 + (not body.endswith(b"\n"))


def _cut_off(body: bytes, form: str, cells: int, fields: int) -> str:
    """What is missing, or nothing. A whole CSV has one row per cell; a whole BULK ends with a line break after a full row."""
    if not body.endswith(b"\n"):
        return "Svaret er skåret over: det slutter midt i en linje."
    last = body.rstrip(b"\r\n").rpartition(b"\n")[2]
    if last.count(b";") + 1 != fields:
        return "Svaret er skåret over: den sidste linje mangler felter."
    if form == "CSV" and _rows(body) != cells:
        return f"Svaret er ikke helt: {_rows(body)} af {cells} rækker kom."
    return ""


def _with_zeros(found: "Counts", reply: Reply) -> "Counts":
    """The asked-for cells that BULK leaves out are zeros; cells that were not asked for stay unknown."""
    import numpy as np

    from evidens import offences, places
    from evidens.periods import Period

    kinds: dict[str, tuple[str, ...]] = {}
    for code, values in reply.query.items():
        if all(value in places.codes() for value in values):
            kinds["place"] = tuple(values)
        elif all(value in offences.tree() for value in values):
            kinds["offence"] = tuple(values)
        elif reply.table.variable(code).time:
            kinds["period"] = tuple(values)
        elif len(values) > 1:
            raise BadRequest(f"{code} har flere værdier. Vælg én, så tallene ikke blandes.")
    if set(kinds) != {"place", "offence", "period"}:
        raise BadRequest("Et stort udtræk skal have netop sted, overtrædelse og periode.")
    periods = tuple(Period.parse(text) for text in kinds["period"])
    dense = np.zeros((len(kinds["place"]), len(kinds["offence"]), len(periods)), np.int64)
    place = np.array([kinds["place"].index(code) for code in found.places])
    offence = np.array([kinds["offence"].index(code) for code in found.offences])
    period = np.array([periods.index(one) for one in found.periods])
    dense[place[found.codes_place], offence[found.codes_offence], period[found.codes_period]] = found.values
    index = np.indices(dense.shape).reshape(3, -1)
    told = tuple(
        warning for warning in found.warnings if warning.code not in ("incomplete", "identical_periods")
    )
    return replace(
        found, warnings=told, places=kinds["place"], offences=kinds["offence"], periods=periods,
        codes_place=index[0], codes_offence=index[1], codes_period=index[2], values=dense.ravel(),
    )  # fmt: skip


def read_jsonstat(content: bytes, name: str = "svar.json") -> "Counts":
    """Counts of a JSON-stat 1 answer (StatBank's dialect: id, size and role inside `dimension`); raises BadFile through the CSV reader.

    The answer is written out as StatBank's own CSV in codes and read like any file, so that the same checks run on it.
    """
    from itertools import product

    from evidens.sources.opening import open_bytes
    from evidens.sources.statfile import read_statfile

    try:
        dataset = json.loads(content.decode("utf-8-sig"))["dataset"]
        dimension = dataset["dimension"]
        names = dimension["id"]
        axes = [
            sorted(dimension[n]["category"]["index"], key=dimension[n]["category"]["index"].get)
            for n in names
        ]
        values = dataset["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceDown(f"{name} er ikke JSON-stat, eller det er ikke helt ({error}).") from None
    if prod(map(len, axes)) != len(values):
        raise SourceDown(f"{name} er ikke helt: {len(values)} af {prod(map(len, axes))} tal kom.")
    kept = [n for n, title in enumerate(names) if title != "ContentsCode"]
    text = io.StringIO()
    text.write(";".join([names[n].upper() for n in kept] + ["INDHOLD"]) + "\n")
    for codes, value in zip(product(*axes), values, strict=True):
        text.write(";".join([codes[n] for n in kept] + [".." if value is None else str(value)]) + "\n")
    return read_statfile(open_bytes(text.getvalue().encode(), name))
