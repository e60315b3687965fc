"""Forms from a file to a draft."""

from typing import Any

from samraad.look.forms import Page, PageForm
from samraad.plan.forms.plan import TakeOverForm, UploadForm


class FileForm(UploadForm, PageForm):
    """A plan file to be read."""

    page = Page(
        "Læs en plan fra en fil",
        lead="Vi finder afsnit, områder, løfter, tal og det, der skal ses på. "
        "Intet bliver til en plan, før du siger ja.",
        button="Læs filen",
        done="Filen er læst. Kun du kan se den.",
    )


class ReadingForm(TakeOverForm, PageForm):
    """What of a parked reading becomes a draft."""

    page = Page("Gennemse {reading}", button="Overtag som kladde", done="{made.words}")

    def asked(self) -> dict[str, Any]:
        """The chosen commitments under their own name."""
        data = dict(self.cleaned_data)
        data["commitments"] = data.pop("promises")
        return data
