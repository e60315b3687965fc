"""The generated reference: states with their ways, permissions with their sources, settings, commands, addresses, the plan of 2022."""

import re
import tomllib
from pathlib import Path
from typing import Any

from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from samraad.accounts import permissions as _accounts  # noqa: F401 - fills the register
from samraad.accounts.permission import register
from samraad.council import states as council
from samraad.council.states import CommitmentStatus, MeetingStatus
from samraad.plan import permissions as _plan  # noqa: F401 - fills the register
from samraad.plan import states as plan
from samraad.plan.states import AnswerStatus, PlanStatus, Stage

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Skrevet af ./run docs ud fra koden. Ret koden, ikke siden. -->\n\n"


def pages() -> dict[str, str]:
    """File name -> text of every generated page."""
    return {
        "states.md": NOTE + _states(),
        "permissions.md": NOTE + _permissions(),
        "settings.md": NOTE + _settings(),
        "commands.md": NOTE + _commands(),
        "addresses.md": NOTE + _addresses(),
        "plan-2022.md": NOTE + _plan_2022(),
    }


def _states() -> str:
    tables: list[tuple[str, dict[str, dict[str, str]], Any]] = [
        ("Møde", council.MEETING, MeetingStatus),
        ("Løfte", council.COMMITMENT, CommitmentStatus),
        ("Plan", plan.PLAN, PlanStatus),
        ("Svar", plan.ANSWER, AnswerStatus),
        ("Indsats", plan.INITIATIVE, Stage),
    ]
    out = "# Tilstande\n"
    for title, table, choices in tables:
        lines = [f"  {old} --> {new}: {event}" for old, news in table.items() for new, event in news.items()]
        words = ", ".join(f"`{choice.value}` {choice.label}" for choice in choices)
        out += f"\n## {title}\n\n{words}\n\n```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"
    return out


def _permissions() -> str:
    out = "# Hvem må hvad\n\nReglens kilde står i parentes. Alt andet er nægtet.\n"
    for room in sorted({rule.__module__.split(".")[1] for rule in register}):  # type: ignore[attr-defined]
        out += f"\n## {room}\n\n| handling | regel |\n|---|---|\n"
        for rule in register:
            if rule.__module__.split(".")[1] == room:  # type: ignore[attr-defined]
                text = " ".join((rule.__doc__ or "").split())
                out += f"| `{rule.__name__}` | {text} |\n"  # type: ignore[attr-defined]
    return out


def _settings() -> str:
    text = (ROOT / "src" / "samraad" / "settings.py").read_text("utf-8")
    found = re.findall(r'_(text|flag|number|day|list)\("(SAMRAAD_\w+)"(?:, ([^)]+))?\)', text)
    told = {
        "SAMRAAD_SECRET_KEY": "hemmelig nøgle, mindst 50 tegn; skal sættes til drift",
        "SAMRAAD_HOSTS": "sidens adresser med komma imellem; skal sættes til drift",
        "SAMRAAD_DATA": "mappen med database, filer og sikkerhedskopier",
        "SAMRAAD_DATABASE": "postgresql://bruger:kode@vært:port/navn; tom er SQLite i datamappen",
        "SAMRAAD_DEMO": "1: demokredsen på en fast dag",
        "SAMRAAD_TODAY": "en anden fast dag, fx 2022-01-28",
        "SAMRAAD_DEBUG": "1: fejlsider til udviklere",
        "SAMRAAD_SHARED_DATA": "mappe med officielle data til prøver og målinger",
        "SAMRAAD_UPLOAD_MEGABYTES": "største bilag",
        "SAMRAAD_SMTP": "mailserver som vært:port; uden den skriver demoen sine mails til mappen mails (localhost:25)",
        "SAMRAAD_SMTP_USER": "bruger på mailserveren",
        "SAMRAAD_SMTP_PASSWORD": "adgangskode på mailserveren",
        "SAMRAAD_SMTP_TLS": "1: STARTTLS til mailserveren",
        "SAMRAAD_ADDRESS": "sidens adresse i mails, fx https://samraad.eksempel.dk",
        "SAMRAAD_MAIL_FROM": "afsender af mails",
    }
    rows = {name: default for _, name, default in found}
    missing = set(rows) - set(told)
    if missing:
        raise ValueError(f"Beskriv {', '.join(sorted(missing))} i samraad/demo/reference.py.")
    lines = [f"| `{name}` | {told[name]} |" for name in sorted(rows)]
    more = [
        "| `SAMRAAD_PORT` | port for `./run demo` og `./run serve` (8000) |",
        "| `SAMRAAD_BIND` | adresse for `./run serve` (127.0.0.1) |",
        "| `SAMRAAD_WORKERS` | processer for `./run serve` (2) |",
        "| `SAMRAAD_TEST_POSTGRES` | PostgreSQL til `./run test --pg` |",
    ]
    return "# Indstillinger\n\n| miljøvariabel | betydning |\n|---|---|\n" + "\n".join(lines + more) + "\n"


def _commands() -> str:
    own = sorted(name for name, app in get_commands().items() if str(app).startswith("samraad."))
    lines = []
    for name in own:
        app = get_commands()[name]
        lines.append(f"| `./run manage {name}` | {load_command_class(str(app), name).help} |")
    return "# Kommandoer\n\n| kommando | hvad den gør |\n|---|---|\n" + "\n".join(lines) + "\n"


def addresses() -> dict[str, str]:
    """Name -> pattern of every address of our own rooms."""
    out: dict[str, str] = {}

    def walk(patterns: Any, prefix: str, space: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, prefix + str(each.pattern), f"{each.namespace}:" if each.namespace else space)
            elif isinstance(each, URLPattern) and each.name and not prefix.startswith(("log-ind/", "api/")):
                out[f"{space}{each.name}"] = "/" + prefix + str(each.pattern)

    walk(get_resolver().url_patterns, "", "")
    return out


def _addresses() -> str:
    lines = [f"| `{pattern}` | `{name}` |" for name, pattern in sorted(addresses().items(), key=lambda row: row[1])]
    return "# Adresser\n\n| adresse | navn i koden |\n|---|---|\n" + "\n".join(lines) + "\n"


OBJECTS = {  # table in demo/data -> what it is called, the model, the name of the address it is worked on
    "section": ("afsnit", "Section", "plan:section_edit"),
    "area": ("indsatsområde", "FocusArea", "plan:area_edit"),
    "project": ("projekt", "Initiative", "plan:project"),
    "pact": ("aftale", "Pact", "council:forum"),
    "event": ("begivenhed", "LocalEvent", "council:forum"),
    "advice": ("rådgivning", "Advice", "council:forum"),
    "contact": ("stationens kontakt", "StationContact", "council:station"),
    "count": ("stationens tal", "StationCount", "council:station"),
    "guide": ("vejledning", "Guide", "guide:guide"),
}


def _plan_2022() -> str:
    where = addresses()
    rows: list[tuple[int, str]] = []
    for name in ("plan_2022", "more"):
        data = tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text("utf-8"))
        for table, (word, model, address) in OBJECTS.items():
            for row in data.get(table, []):
                title = row.get("title") or row.get("topic") or row.get("partner") or row.get("station")
                rows.append((row["line"], f"{word} | `{model}` | {title} | `{where[address]}`"))
                promises = row.get("promise", []) if table == "area" else []
                rows += [(row["line"], f"løfte | `Commitment` | {each['text']} | `{where['council:commitment']}`") for each in promises]
    duties = tomllib.loads((Path(__file__).parent / "data" / "meetings.toml").read_text("utf-8"))["duty"]
    for duty in duties:
        if line := re.search(r"linje (\d+)", duty["source"]):
            rows.append((int(line[1]), f"pligt i årshjulet | `Duty` | {duty['title']} | `{where['desk:wheel']}`"))
    lines = [f"| {line} | {text} |\n" for line, text in sorted(rows, key=lambda row: row[0])]
    head = (
        "# Planen for 2022 i demoen\n\n"
        "Hvor den offentliggjorte plan siger det (linjen i dens tekst), hvad det er i Samråd, og hvor det bliver passet. "
        "Teksterne er demoens egne.\n\n"
        "| linje | hvad | i koden | titel i demoen | adresse |\n|---|---|---|---|---|\n"
    )
    return head + "".join(lines)
