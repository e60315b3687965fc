"""`./run manage post [--loop SECONDS]`: today's reminders into the outbox, and what waits there handed to the worker."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from samraad import clock
from samraad.accounts import outbox
from samraad.accounts.tasks import deliver
from samraad.audit.bin import empty
from samraad.council.notices import digest, remind_of_minutes
from samraad.guide.actions import remind_of_guides
from samraad.plan.notices import remind_of_answers, remind_of_hearings


class Command(BaseCommand):
    help = "Lægger dagens påmindelser i udbakken og giver det, der venter, til den, der sender. Må køres så tit, man vil."

    def add_arguments(self, parser: CommandParser) -> None:
        """How often, when it shall go on."""
        parser.add_argument("--loop", type=int, default=0, metavar="SEKUNDER", help="gentag så tit")
        parser.add_argument("--now", action="store_true", help="send selv i stedet for at give det til arbejderen")

    def handle(self, *args: Any, **options: Any) -> None:
        """One round, or round after round."""
        while True:
            new = remind_of_answers(today=clock.today(), by=None) + remind_of_minutes(today=clock.today(), by=None)
            new += remind_of_hearings(today=clock.today(), by=None)
            new += remind_of_guides(today=clock.today(), by=None)
            new += digest(today=clock.today(), now=clock.now(), by=None)
            empty(now=clock.now(), by=None)
            waiting = list(outbox.waiting(timezone.now()).values_list("pk", flat=True))
            for pk in waiting:
                outbox.send(pk) if options["now"] else deliver.enqueue(pk)
            self.stdout.write(f"{new} nye mails, {len(waiting)} ventede på at blive sendt.")
            if not options["loop"]:
                return
            time.sleep(options["loop"])
