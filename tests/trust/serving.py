"""The site as it is served: gunicorn on a port, killed and started again; and many people who write."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import requests

from samraad.demo.cast import email_of, table

ROOT = Path(__file__).resolve().parents[2]
GONE = (requests.ConnectionError, requests.Timeout)


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """The demo district, served from a folder of its own and a database."""

    folder: Path
    database: str = ""
    workers: int = 2
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        own = {
            "SAMRAAD_DEMO": "1",
            "SAMRAAD_DATA": str(self.folder),
            "SAMRAAD_DATABASE": self.database,
            "DJANGO_SETTINGS_MODULE": "samraad.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        return {**os.environ, **own}

    def manage(self, *words: str) -> str:
        """What a command says; raises CalledProcessError when it fails."""
        command = [sys.executable, "-m", "samraad.cli", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def fill(self) -> None:
        """The demo, once."""
        self.manage("migrate", "-v0")
        self.manage("demo")

    def start(self) -> None:
        """Serve, and wait until it answers."""
        gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "samraad.wsgi", "--threads", "1"]
        bound = [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            str(self.workers),
            "--log-level",
            "critical",
        ]
        self.process = subprocess.Popen(
            [*gunicorn, *bound], env=self.environment, cwd=self.folder, start_new_session=True
        )
        self.wait()

    def wait(self) -> None:
        """Until it answers, a minute at most."""
        for _ in range(600):
            try:
                if requests.get(f"{self.base}/nordjylland/", timeout=5).status_code == 200:
                    return
            except GONE:
                pass
            time.sleep(0.1)
        raise TimeoutError(self.base)

    def kill(self) -> None:
        """At once, with all its workers, in the middle of whatever they do."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """As an operator stops it; what the process ended with."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def sign_in(site: Site, key: str) -> requests.Session:
    """Somebody of the cast in a browser of her own."""
    session = requests.Session()
    page = session.get(f"{site.base}/log-ind/login/", timeout=30).text
    [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    typed = {"login": email_of(key), "password": table("cast")["password"], "csrfmiddlewaretoken": token}
    answer = session.post(f"{site.base}/log-ind/login/", typed, allow_redirects=False, timeout=30)
    assert answer.status_code == 302
    return session


class Writers:
    """Many at once who each put one item after the other on an agenda, until they are told to stop."""

    def __init__(self, site: Site, path: str, many: int) -> None:
        self.site, self.path = site, path
        self.session = sign_in(site, "signe")
        self.token = str(self.session.cookies["csrftoken"])
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.odd: list[str] = []
        self.lock, self.enough = Lock(), Event()
        self.threads = [Thread(target=self._write, args=[number]) for number in range(many)]

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *what: object) -> None:
        self.enough.set()
        for thread in self.threads:
            thread.join()

    def _write(self, number: int) -> None:
        done = 0
        while not self.enough.is_set():
            done += 1
            self._put(f"Punkt {number} nummer {done}")

    def _put(self, title: str) -> None:
        typed = {"title": title, "kind": "discussion", "csrfmiddlewaretoken": self.token}
        with self.lock:
            self.sent.append(title)
        try:
            answer: Any = requests.post(
                self.site.base + self.path,
                typed,
                cookies=self.session.cookies.get_dict(),
                allow_redirects=False,
                timeout=20,
            )
        except GONE:
            time.sleep(0.05)
            return
        with self.lock:
            if answer.status_code == 302:
                self.acknowledged.append(title)
            elif answer.status_code != 503:
                self.odd.append(f"{answer.status_code} {title}")
