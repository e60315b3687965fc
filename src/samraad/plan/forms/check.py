"""The form of the plan check."""

from samraad.look.forms import Page, PageForm, TextField


class WaiveForm(PageForm):
    """Why something stays as it is."""

    page = Page(
        "Lad det blive stående",
        button="Gem grunden",
        done="Grunden er gemt og kan læses af dem, der skriver planen.",
    )

    reason = TextField(label="Hvorfor bliver det stående?", max_length=300)
