from django.db import migrations

from samraad.look.danish import kortdato

UNSETTLED = ["draft", "proposed", "declined"]


def freeze(apps, schema_editor):
    """Published minutes tell of promises as they stand today; from now on nothing moves there."""
    for decision in apps.get_model("council", "Decision").objects.exclude(item__meeting__published_at=None):
        agreed = decision.commitments.exclude(status__in=UNSETTLED).select_related("owner", "owner_seat")
        decision.promises = [
            {"text": each.text, "owner": _owner(each) or "ingen", "due": _due(each)} for each in agreed
        ]
        decision.save(update_fields=["promises"])


def _owner(commitment):
    """As `Commitment.owner_text`."""
    told = []
    if commitment.owner is not None:
        told.append(commitment.owner.name)
    if commitment.owner_role:
        told.append(commitment.owner_role)
    elif commitment.owner_seat is not None:
        told.append(commitment.owner_seat.title)
    return ", ".join(told)


def _due(commitment):
    """As `Commitment.due_words`."""
    return kortdato(commitment.due_on) or commitment.condition or "uden frist"


class Migration(migrations.Migration):

    dependencies = [
        ('commitment', '0001_initial'),
        ('council', '0004_promises_of_minutes'),
    ]

    operations = [migrations.RunPython(freeze, migrations.RunPython.noop)]
