"""What the worker does: deliver a mail."""

from django_tasks import task

from samraad.accounts import delivery


@task()
def deliver(mail_id: int) -> None:
    """Send one mail; safe to run twice."""
    delivery.send(mail_id)
