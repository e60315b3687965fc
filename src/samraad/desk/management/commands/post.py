"""`./run manage post [--loop SECONDS]`: today's reminders into the outbox, what waits there to the worker."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from samraad import clock
from samraad.accounts import delivery, lockout
from samraad.accounts.notices import send_heads
from samraad.accounts.tasks import deliver
from samraad.audit import access
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import empty
from samraad.audit.drafts import forget_drafts
from samraad.audit.heads import keep_today
from samraad.council.notices.meeting import remind_of_meetings
from samraad.council.notices.minutes import remind_of_minutes
from samraad.desk.notices import digest
from samraad.figures.fetching import fetch_due
from samraad.guide.actions import remind_of_guides
from samraad.plan.notices import remind_of_answers, remind_of_hearings, tell_of_published


class Command(BaseCommand):
    help = (
        "Lægger dagens påmindelser i udbakken og giver det, der venter, til den, der sender."
        " Må køres så tit, man vil."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How often, when it shall go on."""
        parser.add_argument("--loop", type=int, default=0, metavar="SEKUNDER", help="gentag så tit")
        parser.add_argument(
            "--now", action="store_true", help="send selv i stedet for at give det til arbejderen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One round, or round after round: what fails in one is said and tried again in the next."""
        while True:
            failed = self._round(options["now"])
            if not options["loop"]:
                if failed:
                    raise CommandError("Ikke alt gik. Resten er gjort. Kør kommandoen igen om lidt.")
                return
            time.sleep(options["loop"])
            close_old_connections()

    def _round(self, send_now: bool) -> int:
        """Each part of a round by itself; returns how many failed."""
        today, now = clock.today(), clock.now()
        self.failed, new = 0, 0
        new += self._try("Påmindelser om svar", partial(remind_of_answers, today=today, by=SYSTEM))
        new += self._try("Påmindelser om referater", partial(remind_of_minutes, today=today, by=SYSTEM))
        new += self._try("Påmindelser om høringer", partial(remind_of_hearings, today=today, by=SYSTEM))
        new += self._try("Påmindelser om vejledninger", partial(remind_of_guides, today=today, by=SYSTEM))
        new += self._try("Mails om offentliggjorte planer", partial(tell_of_published, now=now, by=SYSTEM))
        new += self._try("Møder, der nærmer sig", partial(remind_of_meetings, today=today, by=SYSTEM))
        new += self._try("Ugens ændringer", partial(digest, today=today, now=now, by=SYSTEM))
        self._try("At hente ventede tal", partial(fetch_due, now=now, by=SYSTEM))
        self._try("At skrive kædens ende", partial(keep_today, today=today))
        new += self._try("At sende kædens ende", partial(send_heads, today=today, by=SYSTEM))
        real = timezone.now()  # sign-ins go by the clock, not by the demo's day
        self._try("At glemme forkerte login", partial(lockout.forget, now=real, by=SYSTEM))
        self._try("At slette gamle kladder", partial(forget_drafts, now=now, by=SYSTEM))
        self._try("At glemme gamle adgange", partial(access.forget, now=real, by=SYSTEM))
        self._try("At tømme papirkurven", partial(empty, now=now, by=SYSTEM))
        waited = self._try("At sende det, der venter", partial(self._hand_out, send_now))
        self.stdout.write(f"{new} nye mails, {waited} ventede på at blive sendt.")
        return self.failed

    def _hand_out(self, send_now: bool) -> int:
        waiting = list(delivery.waiting(timezone.now()).values_list("pk", flat=True))
        for pk in waiting:
            self._try(f"Mail nummer {pk}", partial(self._send, pk, send_now))
        return len(waiting)

    def _send(self, pk: int, send_now: bool) -> int:
        delivery.send(pk) if send_now else deliver.enqueue(pk)
        return 1

    def _try(self, what: str, run: Callable[[], int]) -> int:
        try:
            return run()
        except Exception as error:
            self.failed += 1
            why = str(error) if isinstance(error, Refused) else f"Der skete en fejl ({type(error).__name__})."
            why = "Databasen er optaget." if isinstance(error, delivery.AWAY) else why
            self.stderr.write(f"{what} gik ikke. {why} Vi prøver igen i næste runde.")
            return 0
