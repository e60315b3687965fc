"""A client of Statistics Denmark's API (StatBank, https://api.statbank.dk/v1).

Every fault ends in a sentence: the server's own words where it has some. Answers are kept in a cache by
table, query and the table's own update time, so that the same question is asked once per update.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from math import prod
from pathlib import Path
from typing import Any

from evidens.counts import Counts
from evidens.errors import BadRequest, SourceDown
from evidens.sources.jsonstat import read_jsonstat
from evidens.sources.opening import open_bytes
from evidens.sources.replies import Reply, cut_off, row_count, with_zeros
from evidens.sources.statfile import read_statfile
from evidens.sources.tables import TableInfo, Variable, table_info

__all__ = ["Reply", "StatBank", "TableInfo", "Variable", "read_jsonstat"]

CELLS = 1_000_000  # the server's limit for formats that are not streamed
TRIES, PATIENCE = 4, 0.5
BUSY = (429, 500, 502, 503, 504)
AGAIN = "Prøv igen senere."


class StatBank:
    """The API at `server`.

    `cache` is a folder; `progress` is told what is being fetched; `timeout` in seconds per read.
    """

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
            total=TRIES,
            backoff_factor=patience,
            status_forcelist=BUSY,
            allowed_methods=None,
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        self._pool = urllib3.PoolManager(retries=retry, timeout=urllib3.Timeout(connect=10, read=timeout))
        self._server = server.rstrip("/")
        self._cache = cache
        self._progress = progress
        self._lang = lang

    def _tell(self, text: str) -> None:
        if self._progress is not None:
            self._progress(text)

    def subjects(self, ids: Sequence[str] = (), recursive: bool = False) -> list[dict[str, Any]]:
        """The subjects, as StatBank gives them: id, description, active, hasSubjects, subjects."""
        return self._list("subjects", {"subjects": list(ids), "recursive": recursive})

    def tables(self, subjects: Sequence[str] = ()) -> list[dict[str, Any]]:
        """The tables of some subjects, as StatBank gives them: id, text, unit, updated, variables …"""
        return self._list("tables", {"subjects": list(subjects)})

    def tableinfo(self, table: str) -> TableInfo:
        """A table's variables and values; raises BadRequest when there is no such table."""
        question = {"table": table, "format": "JSON", "lang": self._lang}
        raw = self._parsed(self._ask("tableinfo", question, f"{table}: hvad tabellen har"))
        try:
            return table_info(raw)
        except (KeyError, TypeError) as error:
            raise SourceDown(f"Svaret om {table} har ikke den form, det plejer ({error} mangler).") from None

    def data(self, table: str, chosen: Mapping[str, Sequence[str]], format: str | None = None) -> Reply:
        """Rows as codes. `chosen` must name every variable (a left-out one would silently be a total).

        Raises BadRequest.

        CSV up to the server's limit of a million cells, since its rows can be counted; above it BULK, whose
        zero rows are left out and which is checked less closely. A cut-off answer is asked for again, then
        refused.
        """
        info = self.tableinfo(table)
        query = {one.code: one.chosen(wanted) for one, wanted in self._all(info, chosen)}
        cells = prod(len(codes) for codes in query.values())
        form = _format(format, cells)
        asked = json.dumps([info.id, info.updated, form, query], sort_keys=True)
        key = hashlib.sha256(asked.encode()).hexdigest()
        if (kept := self._kept(key)) is not None:
            body, day = kept
            return Reply(info, form, body, row_count(body), day, query, cached=True)
        question: dict[str, Any] = {
            "table": info.id,
            "format": form,
            "lang": self._lang,
            "valuePresentation": "Code",
            "variables": [{"code": code, "values": codes} for code, codes in query.items()],
        }
        if form == "BULK":
            question["allowCodeOverrideInColumnNames"] = True
        told = f"{info.id}: {cells:,} tal".replace(",", ".")
        body, day = self._whole(question, told, form, cells, len(query) + 1)
        self._keep(key, body, day)
        return Reply(info, form, body, row_count(body), day, query)

    def counts(self, table: str, chosen: Mapping[str, Sequence[str]]) -> Counts:
        """The rows as Counts, with the zero rows that BULK leaves out, and the extract's date.

        Raises BadFile like any file.
        """
        reply = self.data(table, chosen)
        body = reply.body
        if not reply.rows and reply.format == "BULK":
            # Every figure is 0: write one of them out, so that there is a table to read.
            codes = [codes[0] for codes in reply.query.values()]
            body += ";".join([*codes, "0"]).encode() + b"\n"
        found = read_statfile(open_bytes(body, f"{reply.table.id}.csv"), extracted_on=reply.extracted_on)
        found = replace(found, source=replace(found.source, table=reply.table.id))
        if reply.format == "BULK":
            return with_zeros(found, reply)
        return found

    @staticmethod
    def _all(info: TableInfo, chosen: Mapping[str, Sequence[str]]) -> list[tuple[Variable, Sequence[str]]]:
        given = {info.variable(code).code: values for code, values in chosen.items()}
        if missing := [one.code for one in info.variables if one.code not in given]:
            raise BadRequest(
                f"Vælg også {', '.join(missing)} (* er alle). "
                "En variabel, der udelades, bliver stiltiende til en sum."
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
            raise SourceDown(f"Statistikbanken svarede ikke ({type(error).__name__}). {AGAIN}") from None
        if reply.status >= 400:
            raise self._refused(reply.status, body)
        start = body.lstrip()[:9].lower()
        if "html" in reply.headers.get("Content-Type", "") or start.startswith((b"<!doctype", b"<html")):
            raise SourceDown(f"Statistikbanken svarede med en webside og ikke med tal. {AGAIN}")
        given = reply.headers.get("Date")
        if not given:
            return body, None
        return body, parsedate_to_datetime(given).date()

    @staticmethod
    def _refused(status: int, body: bytes) -> Exception:
        try:
            said = json.loads(body)["message"]
        except (ValueError, KeyError, TypeError):
            said = ""
        if status == 404 and said:
            return BadRequest(said)
        if status == 404:
            return BadRequest("Tabellen findes ikke i statistikbanken.")
        if status < 500 and said:
            return BadRequest(f"Statistikbanken siger: {said}")
        return SourceDown(f"Statistikbanken svarede {status}. {AGAIN}")

    def _whole(
        self, question: dict[str, Any], told: str, form: str, cells: int, fields: int
    ) -> tuple[bytes, date | None]:
        for attempt in (1, 2):
            try:
                body, day = self._ask("data", question, told)
                if fault := cut_off(body, form, cells, fields):
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
        if not about["extracted_on"]:
            return body, None
        return body, date.fromisoformat(about["extracted_on"])

    def _keep(self, key: str, body: bytes, day: date | None) -> None:
        if self._cache is None:
            return
        self._cache.mkdir(parents=True, exist_ok=True)
        (self._cache / f"{key}.csv").write_bytes(body)
        about = {"sha256": hashlib.sha256(body).hexdigest(), "extracted_on": None}
        if day:
            about["extracted_on"] = day.isoformat()
        (self._cache / f"{key}.json").write_text(json.dumps(about), "utf-8")


def _format(asked: str | None, cells: int) -> str:
    if asked:
        return asked.upper()
    if cells <= CELLS:
        return "CSV"
    return "BULK"
