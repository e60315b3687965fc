"""`./run manage audit_verify`: `verify` under its name of 0.1.0, for those who wrote it in a timetable."""

from samraad.audit.management.commands import verify


class Command(verify.Command):
    help = "Det samme som verify; navnet fra 0.1.0."
