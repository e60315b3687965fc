"""F1-F3, F13: processes and databases die while twenty people write. What was acknowledged is there, once."""

import getpass
import json
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from glob import glob
from pathlib import Path

import pytest
import requests

from tests.trust.serving import Site, Writers, free_port

pytestmark = pytest.mark.long
WRITERS = 20
KEPT = """
import json
from samraad.council.models import AgendaItem
items = AgendaItem.objects.filter(meeting_id={meeting}).on_agenda().order_by("position")
print(json.dumps([[item.position, item.title] for item in items]))
"""
MEETING = """
from samraad.council.models import Meeting
print(Meeting.objects.filter(forum__kind="kredsraad", status="planned").earliest("starts_at").pk)
"""


class Cluster:
    """A PostgreSQL of the test's own, which may be killed."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        if getpass.getuser() == "root":
            shutil.chown(home, "postgres")
        self.run("initdb", "-D", str(home / "data"), "-U", "samraad", "-A", "trust", "-E", "UTF8")
        self.start()

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"postgresql://samraad@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *words: str) -> None:
        """One of PostgreSQL's programs, not as root."""
        [found, *_] = sorted(glob(f"/usr/lib/postgresql/*/bin/{program}"), reverse=True)
        as_user = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
        done = subprocess.run([*as_user, found, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{program}: {done.stderr}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        where = f"-p {self.port} -k {self.home} -c listen_addresses=127.0.0.1"
        log = str(self.home / "log")
        self.run("pg_ctl", "-D", str(self.home / "data"), "-o", where, "-l", log, "-w", "start")

    def stop(self, how: str) -> None:
        """`immediate` is as when the power goes, `fast` as an operator does it."""
        self.run("pg_ctl", "-D", str(self.home / "data"), "-m", how, "-w", "stop")

    def close(self) -> None:
        """At the end, whether it runs or not."""
        if (self.home / "data" / "postmaster.pid").exists():
            self.stop("immediate")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of the test's own."""
    if not glob("/usr/lib/postgresql/*/bin/initdb"):
        pytest.skip("Der er ingen PostgreSQL at starte. Skriv: sudo apt install -y postgresql")
    home = Path(tempfile.mkdtemp(prefix="samraad-faults-"))  # pytest's own folders are for one user alone
    mine = Cluster(home)
    yield mine
    mine.close()
    shutil.rmtree(home)


def meeting_of(site: Site) -> int:
    """The kredsråd's next meeting."""
    return int(site.manage("shell", "-v0", "-c", MEETING).split()[-1])


def holds(site: Site, meeting: int, writers: Writers) -> None:
    """Everything acknowledged is there once, nothing is there twice or half, and the chain is whole."""
    told = site.manage("shell", "-v0", "-c", KEPT.format(meeting=meeting))
    items = json.loads(told.strip().splitlines()[-1])
    titles = Counter(title for _, title in items)
    assert writers.odd == []
    assert len(writers.acknowledged) > WRITERS
    assert [title for title in writers.acknowledged if titles[title] != 1] == []
    assert [title for title, times in titles.items() if times > 1] == []
    assert [position for position, _ in items] == list(range(1, len(items) + 1))
    site.manage("verify")


def test_f1_killed_under_twenty_writers_it_loses_nothing(tmp_path: Path) -> None:
    """The site is killed fifteen times under twenty writers: nothing acknowledged is lost or half."""
    site = Site(tmp_path)
    site.fill()
    site.start()
    meeting = meeting_of(site)
    try:
        with Writers(site, f"/nordjylland/arbejde/moeder/{meeting}/punkt/", WRITERS) as writers:
            for _ in range(15):
                time.sleep(1)
                site.kill()
                site.start()
            time.sleep(1)
        holds(site, meeting, writers)
    finally:
        site.kill()


def test_f13_stopped_under_load_it_answers_whom_it_has_begun_with(tmp_path: Path) -> None:
    """Stopped as an operator does it, the site ends by itself and what it acknowledged is there."""
    site = Site(tmp_path)
    site.fill()
    site.start()
    meeting = meeting_of(site)
    with Writers(site, f"/nordjylland/arbejde/moeder/{meeting}/punkt/", WRITERS) as writers:
        time.sleep(5)
        ended = site.stop()
    assert ended == 0
    holds(site, meeting, writers)


@pytest.mark.parametrize(("how", "times"), [("immediate", 5), ("fast", 5)], ids=["f2_killed", "f3_restarted"])
def test_f2_postgres_goes_and_comes_under_load(
    tmp_path: Path, cluster: Cluster, how: str, times: int
) -> None:
    """PostgreSQL is killed five times and restarted five times under writers; the site goes on by itself."""
    folder = tmp_path / "data"
    folder.mkdir()
    site = Site(folder, cluster.address)
    site.fill()
    site.start()
    meeting = meeting_of(site)
    try:
        with Writers(site, f"/nordjylland/arbejde/moeder/{meeting}/punkt/", WRITERS) as writers:
            for _ in range(times):
                time.sleep(1.5)
                cluster.stop(how)
                time.sleep(0.5)
                cluster.start()
                site.wait()
            time.sleep(1.5)
        holds(site, meeting, writers)
    finally:
        site.kill()


def test_f2_a_page_without_its_database_says_so(tmp_path: Path, cluster: Cluster) -> None:
    """While PostgreSQL is away a page says so in words (503), and is there again by itself afterwards."""
    folder = tmp_path / "data"
    folder.mkdir()
    site = Site(folder, cluster.address)
    site.fill()
    site.start()
    try:
        cluster.stop("immediate")
        answer = requests.get(f"{site.base}/nordjylland/planer/", timeout=30)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert "Databasen er væk" in answer.text
        assert "Traceback" not in answer.text
        cluster.start()
        site.wait()
    finally:
        site.kill()
