"""The generated reference.

States with their ways, permissions with their sources, settings, commands, addresses, the plan of
2022.
"""

import re
import tomllib
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from samraad.accounts.permission import register
from samraad.audit.rooms import rooms
from samraad.commitment.states import COMMITMENT, CommitmentStatus
from samraad.council import states as council
from samraad.council.models import Forum
from samraad.council.states import MeetingStatus
from samraad.demo.bill import bill_of
from samraad.plan import states as plan
from samraad.plan.states import AnswerStatus, PlanStatus, Stage

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "reference"
TRUST = ROOT / "tests" / "trust"
NOTE = "<!-- Skrevet af ./run docs ud fra koden. Ret koden, ikke siden. -->\n\n"


def pages() -> dict[str, str]:
    """File name -> text of every generated page."""
    return {
        "states.md": NOTE + _states(),
        "permissions.md": NOTE + _permissions(),
        "besked.md": NOTE + _told(),
        "settings.md": NOTE + _settings(),
        "commands.md": NOTE + _commands(),
        "addresses.md": NOTE + _addresses(),
        "plan-2022.md": NOTE + _plan_2022(),
        "trust.md": NOTE + _trust(),
        "sbom.cdx.json": bill_of(ROOT),
    }


def _states() -> str:
    tables: list[tuple[str, dict[str, dict[str, str]], Any]] = [
        ("Møde", council.MEETING, MeetingStatus),
        ("Løfte", COMMITMENT, CommitmentStatus),
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
    for room in settings.ROOMS:
        if find_spec(f"samraad.{room}.permissions"):
            import_module(f"samraad.{room}.permissions")  # fills the register
    out = "# Hvem må hvad\n\nReglens kilde står i parentes. Alt andet er nægtet.\n"
    for room in sorted({rule.__module__.split(".")[1] for rule in register}):  # type: ignore[attr-defined]
        out += f"\n## {room}\n\n| handling | regel |\n|---|---|\n"
        for rule in register:
            if rule.__module__.split(".")[1] == room:  # type: ignore[attr-defined]
                text = " ".join((rule.__doc__ or "").split())
                out += f"| `{rule.__name__}` | {text} |\n"  # type: ignore[attr-defined]
    return out


def _told() -> str:
    out = (
        "# Hvem får besked, når noget sker\n\n"
        "Hver mail i Samråd har en række her; en prøve holder dem sammen. En mail siger, at noget venter,"
        " aldrig hvad der står om personer, og aldrig titlen på et lukket punkt.\n"
        "Invitationer, høringer og det, der gælder ens egen adgang, kommer altid. Resten vælger man selv.\n\n"
        "| hændelse | hvem får mail | på bordet | i kalenderen |\n|---|---|---|---|\n"
    )
    for room in rooms():
        for row in room.tells:
            feed = ""
            if row.feed:
                feed = "følger med"
            out += f"| {row.event} | {row.hears} | {row.desk} | {feed} |\n"
    return out


def _settings() -> str:
    text = (ROOT / "src" / "samraad" / "settings.py").read_text("utf-8")
    found = re.findall(
        r'\b(text|flag|number|day|words|networks|secret)\(\s*"(SAMRAAD_\w+)"(?:, ([^)]+))?\)', text
    )
    told = {
        "SAMRAAD_SECRET_KEY": "hemmelig nøgle, mindst 50 tegn; skal sættes til drift",
        "SAMRAAD_HOSTS": "sidens adresser med komma imellem; skal sættes til drift",
        "SAMRAAD_DATA": "mappen med database, filer og sikkerhedskopier",
        "SAMRAAD_DATABASE": "postgresql://bruger:kode@vært:port/navn; tom er SQLite i datamappen",
        "SAMRAAD_DATABASE_OWNER": "samme database med rollen, der ejer tabellerne; kun til drift",
        "SAMRAAD_DEMO": "1: demokredsen på en fast dag",
        "SAMRAAD_TODAY": "en anden fast dag, fx 2022-01-28",
        "SAMRAAD_DEBUG": "1: fejlsider til udviklere",
        "SAMRAAD_SHARED_DATA": "mappe med officielle data til prøver og målinger",
        "SAMRAAD_UPLOAD_MEGABYTES": "største bilag",
        "SAMRAAD_HEADS": "mappe uden for maskinen, hvor kædens ende bliver skrevet hver dag",
        "SAMRAAD_HEAD_MAIL": "mailadresse, der får kædens ende hver dag",
        "SAMRAAD_KEYS": "mappe med nøgler, én fil til hvert formål og hver måned; aldrig i datamappen",
        "SAMRAAD_STATBANK": "Statistikbankens adresse, https://api.statbank.dk/v1; tom er slået fra",
        "SAMRAAD_BACKUP_KEY": "filen med nøglen til sikkerhedskopier; uden for datamappen",
        "SAMRAAD_PROXIES": (
            "proxyer foran siden, IP-adresser eller net med komma imellem; kun dem bliver X-Forwarded-For "
            "og X-Forwarded-Proto læst fra (127.0.0.1,::1)"
        ),
        "SAMRAAD_OIDC_ISSUER": "loginudbyderens adresse (issuer), https; tom er slået fra",
        "SAMRAAD_OIDC_CLIENT": "Samråds navn hos loginudbyderen (client id)",
        "SAMRAAD_OIDC_SECRET_FILE": "filen med hemmeligheden fra loginudbyderen (client secret)",
        "SAMRAAD_OIDC_NAME": "ordene efter “Log ind med” på knappen (din arbejdsplads)",
        "SAMRAAD_OIDC_SCOPES": "det, Samråd beder om (openid email profile)",
        "SAMRAAD_OIDC_LEVEL_CLAIM": "det navn, loginudbyderen siger sikringsniveauet under (acr)",
        "SAMRAAD_OIDC_LEVELS": "de niveauer, der tæller som to-trins-login, med komma imellem; tom er ingen",
        "SAMRAAD_OIDC_TRUST_EMAIL": "1: e-mails gælder, selv om loginudbyderen ikke siger email_verified",
        "SAMRAAD_SMTP": (
            "mailserver som vært:port; uden den skriver demoen sine mails til mappen mails (localhost:25)"
        ),
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
                walk(
                    each.url_patterns,
                    prefix + str(each.pattern),
                    f"{each.namespace}:" if each.namespace else space,
                )
            elif isinstance(each, URLPattern) and each.name and not prefix.startswith(("log-ind/", "api/")):
                out[f"{space}{each.name}"] = "/" + prefix + str(each.pattern)

    walk(get_resolver().url_patterns, "", "")
    return out


def _addresses() -> str:
    lines = [
        f"| `{pattern}` | `{name}` |" for name, pattern in sorted(addresses().items(), key=lambda row: row[1])
    ]
    return "# Adresser\n\n| adresse | navn i koden |\n|---|---|\n" + "\n".join(lines) + "\n"


OBJECTS = {  # table in demo/data -> what it is called, the model, the name of the address it is worked on
    "section": ("afsnit", "Section", "plan:section_edit"),
    "area": ("indsatsområde", "FocusArea", "plan:area_edit"),
    "project": ("projekt", "Initiative", "plan:project"),
    "pact": ("aftale", "Pact", "council:forum"),
    "event": ("begivenhed", "LocalEvent", "council:forum"),
    "advice": ("rådgivning", "Advice", "council:forum"),
    "contact": ("stationens kontakt", "StationContact", "network:station"),
    "count": ("stationens tal", "StationCount", "network:station"),
    "guide": ("vejledning", "Guide", "guide:guide"),
}

FORA = {  # kind of forum -> where the plan of 2022 speaks of it, most in its annex
    "kredsraad": 66, "lokalraad": 77, "other": 165, "nightlife": 223, "programme": 231, "ssp": 315,
    "section_115": 317, "ssp_plus": 319, "youth_sanction": 321, "youth_board": 323, "psp": 327, "ksp": 333,
    "infohouse": 337, "mini_infohouse": 337, "radicalisation": 339, "exit": 343, "rug": 345,
    "childrens_house": 349,
}  # fmt: skip


# What the plan asks for that is no row of its own in the demo's data:
# (line, what, in the code, title, address).
BESIDE = [
    (
        68,
        "faste emner på dagsordenen",
        "AgendaItem.subjects",
        "Opgaver, forebyggelse, kriminalitet, temaer",
        "council:meeting",
    ),
    (75, "udgave", "Edition", "Samarbejdsplan 2022, udgave 1", "public:edition"),
    (77, "handleplan", "Plan", "ni lokalråds handleplaner", "plan:matrix"),
    (81, "retsgrundlag", "LegalBasis", "Retsplejelovens § 113", "council:forum"),
    (87, "partnere", "Partner", "partnerne i hver kommune", "network:partners"),
    (
        155,
        "projektets kredse og kommuner",
        "Initiative.also_districts",
        "Pilotprojekt mod socialt bedrageri",
        "plan:project",
    ),
    (
        163,
        "milepæl med oplæg til to lokalråd",
        "Milestone",
        "Pilotprojekt mod socialt bedrageri",
        "plan:project",
    ),
    (189, "beslutning", "Decision", "Samarbejdet om genopdragelsesrejser bliver styrket", "council:meeting"),
    (203, "det, andre kan bruge", "Initiative.good_practice", "Det kan andre bruge", "plan:experience"),
    (207, "lokalt behov", "LocalNeed", "lokale behov i handleplanerne", "plan:plan"),
    (217, "hvordan der mødes, og fora, der sover", "Meeting.form", "Fora", "council:fora"),
    (239, "offentlig side om indsatsen", "Edition", "Tryg Aalborg II", "public:area"),
    (
        251,
        "idé, forsøg, vurderet, udbredt eller stoppet",
        "Initiative.stage",
        "Hylder i byggecentret",
        "plan:initiative_stage",
    ),
    (303, "fra plan til handling", "Initiative", "indsatserne i ni handleplaner", "plan:plan"),
    (305, "svar", "Answer", "ni lokalråds svar på områderne", "plan:matrix"),
    (307, "svar, der begynder i planens områder", "Answer, LocalNeed", "handleplanen", "plan:answer"),
    (309, "bilagets fora, trykt fra registret", "Forum", "Her arbejder de sammen", "public:fora"),
    (339, "rådgivning", "Advice", "rådgivning fra Infohuset", "council:forum"),
]


def _plan_2022() -> str:
    where = addresses()
    rows: list[tuple[int, str]] = []

    def add(line: int, word: str, model: str, title: str, address: str) -> None:
        rows.append((line, f"{word} | `{model}` | {title} | `{where[address]}`"))

    plan, more, meetings, fora = (_data(name) for name in ("plan_2022", "more", "meetings", "fora"))
    for data in (plan, more):
        for table, (word, model, address) in OBJECTS.items():
            for row in data.get(table, []):
                add(
                    row["line"],
                    word,
                    model,
                    row.get("title") or row.get("topic") or row.get("partner") or row["station"],
                    address,
                )
    starts = {area["number"]: area["line"] for area in plan["area"]}
    for area in plan["area"]:
        for promise in area.get("promise", []):
            add(promise["line"], "løfte", "Commitment", promise["text"], "commitment:commitment")
    for row in plan["initiative"]:
        add(starts[row["area"]], "indsats", "Initiative", row["title"], "plan:initiative_edit")
    for row in plan["indicator"]:
        add(starts[row["area"]], "måling", "Indicator", row["name"], "plan:indicator")
    for row in meetings["duty"]:
        if line := row.get("line"):
            add(line, "pligt i årshjulet", "Duty", row["title"], "desk:wheel")
    for row in meetings["agreement"]["element"]:
        add(row.get("line", 105), "flerårsaftalens element", "Element", row["title"], "plan:element")
    names = {
        row["kind"]: row["name"] for row in fora["forum"] if not row.get("each") and "{" not in row["name"]
    }
    for kind, line in FORA.items():
        add(line, "forum", "Forum", names.get(kind, Forum.Kind(kind).label), "council:forum")
    for row in fora["station"]:
        add(143, "nærstation", "Station", row["name"], "network:station")
    for row in fora["seminar"]:
        add(183, "seminar, webinar", "Seminar", row["title"], "council:forum")
    for line, *object_of in BESIDE:
        add(line, *object_of)
    add(357, "kontaktblok", "ContactPoint", ", ".join(row["label"] for row in fora["contact"]), "public:fora")
    lines = [f"| {line} | {text} |\n" for line, text in sorted(rows, key=lambda row: row[0])]
    head = (
        "# Planen for 2022 i demoen\n\n"
        "Hvor den offentliggjorte plan siger det (linjen i dens tekst), "
        "hvad det er i Samråd, og hvor det bliver passet. "
        "Teksterne er demoens egne. "
        "Planens kriminalitetstal (kapitel 02) står i afsnittets tekst, til de får et rum. "
        "Enkeltsager, uheld og den lokale analyse af ungdomskriminalitet har heller ikke deres rum endnu.\n\n"
        "| linje | hvad | i koden | titel i demoen | adresse |\n|---|---|---|---|---|\n"
    )
    return head + "".join(lines)


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text("utf-8"))


def _trust() -> str:
    """The catalogue of what is tried of security, faults and proof, with the number of tests and the gaps."""
    out = (
        "# Sikkerhed, fejl og bevis\n\n"
        "Hver række er noget, der kan gå galt. En række har prøver, et hul eller begge dele.\n\n"
        "| række | hvad | prøver | hul |\n|---|---|---|---|\n"
    )
    tests = trust_tests()
    for row in tomllib.loads((TRUST / "catalogue.toml").read_text("utf-8"))["row"]:
        where = [f"`{place}`" for place in row.get("also", [])]
        if tests[row["id"]]:
            where.insert(0, f"{tests[row['id']]} i `tests/trust`")
        out += f"| {row['id']} | {row['what']} | {', '.join(where)} | {row.get('gap', '')} |\n"
    return out


def trust_tests() -> Counter[str]:
    """How many tests of tests/trust each row has: the row's id stands in their names."""
    found: Counter[str] = Counter()
    for file in TRUST.glob("test_*.py"):
        found.update(map(str.upper, re.findall(r"def test_([a-z]\d+)_", file.read_text("utf-8"))))
    return found
