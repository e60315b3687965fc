"""`./run manage backup [FILE]`: database and media in one file; `--check FILE` looks one through."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from samraad.audit.backup import Manifest, check, save
from samraad.audit.dumps import BackupProblem
from samraad.audit.encryption import new_key

OPEN = "Kopien er ikke krypteret: sæt SAMRAAD_BACKUP_KEY, se docs/drift/sikkerhedskopi.md."


class Command(BaseCommand):
    help = "Gemmer database og filer i én sikkerhedskopi. Siden kan køre imens."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, or what to do instead."""
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument(
            "--check", type=Path, metavar="FILE", help="se en kopi efter; intet bliver ændret"
        )
        parser.add_argument(
            "--new-key", type=Path, metavar="FILE", help="lav en nøgle til kopier i en ny fil"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what there is."""
        try:
            if options["new_key"]:
                self._key(options["new_key"])
            elif options["check"]:
                self.stdout.write(f"Kopien holder: {_told(check(options['check']))}.")
            else:
                self._save(options["file"] or _by_now())
        except BackupProblem as error:
            raise CommandError(str(error)) from error

    def _save(self, file: Path) -> None:
        manifest = save(file)
        self.stdout.write(f"Gemt: {file} ({_told(manifest)}).")
        if not settings.SAMRAAD_BACKUP_KEY:
            self.stderr.write(OPEN)

    def _key(self, file: Path) -> None:
        try:
            file.touch(mode=0o600, exist_ok=False)
            file.write_text(f"{new_key()}\n", "ascii")
        except FileExistsError as error:
            raise BackupProblem(f"{file} findes. En nøgle bliver aldrig skrevet over.") from error
        except OSError as error:
            raise BackupProblem(f"{file} kan ikke skrives: {error.strerror}.") from error
        self.stdout.write(f"Nøglen står i {file}. Gem den også et andet sted: uden den kan ingen kopi åbnes.")


def _by_now() -> Path:
    """Where a backup lies when nothing else is said."""
    return Path(settings.SAMRAAD_DATA) / "backups" / f"samraad-{timezone.now():%Y%m%d-%H%M%S}.tar.gz"


def _told(manifest: Manifest) -> str:
    """What is in it, and from when."""
    rows, files = sum(manifest["tables"].values()), len(manifest["media"])
    return f"{rows} rækker og {files} filer fra {manifest['made_at'][:16].replace('T', ' ')}"
