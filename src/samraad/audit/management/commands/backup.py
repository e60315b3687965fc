"""`./run manage backup [FILE]`: database and media in one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from samraad.audit.backup import BackupProblem, save


class Command(BaseCommand):
    help = "Gemmer database og filer i én sikkerhedskopi. Siden kan køre imens."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and say what it holds."""
        file: Path = (
            options["file"]
            or settings.SAMRAAD_DATA / "backups" / f"samraad-{timezone.now():%Y%m%d-%H%M%S}.tar.gz"
        )
        try:
            manifest = save(file)
        except BackupProblem as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Gemt: {file} ({sum(manifest['tables'].values())} rækker, {manifest['media']} filer)."
        )
