"""`./run test --pg` calls this: print the address of a PostgreSQL to test on.

It starts one of our own when none answers.
"""

import getpass
import shutil
import socket
import subprocess
import tempfile
from glob import glob
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser

PORT = 5544
HOME = Path(tempfile.gettempdir()) / "samraad-test-pg"


class Command(BaseCommand):
    help = "Finder eller starter en PostgreSQL til prøverne og skriver dens adresse."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to stop ours."""
        parser.add_argument("--stop", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the address."""
        if options["stop"]:
            self._pg("pg_ctl", "-D", str(HOME / "data"), "stop", "-m", "fast")
            shutil.rmtree(HOME, ignore_errors=True)
            return
        for user in dict.fromkeys(["postgres", getpass.getuser()]):
            address = f"postgresql://{user}@127.0.0.1:5432/postgres"
            if self._answers(address):
                self.stdout.write(address)
                return
        self._start()
        self.stdout.write(f"postgresql://samraad@127.0.0.1:{PORT}/postgres?home=samraad-test-pg")

    def _answers(self, address: str) -> bool:
        try:
            with psycopg.connect(address, connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def _start(self) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir(mode=0o777)
        if getpass.getuser() == "root":
            shutil.chown(HOME, "postgres")
        self._pg(
            "initdb", "-D", str(HOME / "data"), "-U", "samraad", "-A", "trust", "-E", "UTF8", "--no-sync"
        )
        options = f"-p {PORT} -k {HOME} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._pg("pg_ctl", "-D", str(HOME / "data"), "-o", options, "-l", str(HOME / "log"), "-w", "start")

    def _pg(self, program: str, *arguments: str) -> None:
        found = shutil.which(program) or next(
            iter(sorted(glob(f"/usr/lib/postgresql/*/bin/{program}"), reverse=True)), ""
        )
        if not found:
            raise CommandError(
                "Der er ingen PostgreSQL her. "
                "Skriv: sudo apt install -y postgresql, eller sæt SAMRAAD_TEST_POSTGRES."
            )
        as_user = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
        command = [*as_user, found, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise CommandError(f"{program} kunne ikke køre: {done.stderr.strip()[:300]}")
