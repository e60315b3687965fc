"""Shape of input only; no rules, no save."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from manuscript.text import printable, shortened
from samraad.accounts import forgotten
from samraad.accounts.delivery import ALWAYS
from samraad.accounts.lockout import guess
from samraad.accounts.models import Mail, Membership
from samraad.look.forms import Page, PageForm, TextField, refuse_cpr


class InviteForm(PageForm):
    """A person to be invited by her organisation."""

    page = Page("Inviter en person til {organisation}", button="Lav invitationen")

    name = TextField(label="Navn", max_length=120)
    email = forms.EmailField(label="E-mail")
    title = TextField(label="Stilling", required=False, max_length=120)
    right = forms.ChoiceField(
        label="Rettighed",
        choices=Membership.Right.choices,
        widget=forms.RadioSelect,
        initial=Membership.Right.EMPLOYEE,
    )


class RuleForm(PageForm):
    """Of whom the login provider says all of this, she belongs to the organisation."""

    LINES, LONGEST = 10, 200
    page = Page(
        "Ny regel for login til {organisation}",
        lead="Den, som loginudbyderen siger alt dette om, hører til {organisation} med den rettighed, "
        "du vælger. Første gang svarer personen selv ja.",
        button="Gem reglen",
        done="Reglen er gemt. Den gælder fra næste login.",
    )

    conditions = forms.CharField(
        label="Hvad loginudbyderen skal sige",
        help_text="Én betingelse på hver linje: navn = værdi. Alle skal passe. For eksempel cvr = 29189382",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LINES * 2 * LONGEST,
        validators=[refuse_cpr],
    )
    right = forms.ChoiceField(
        label="Rettighed",
        choices=Membership.Right.choices,
        widget=forms.RadioSelect,
        initial=Membership.Right.EMPLOYEE,
    )

    def clean_conditions(self) -> list[list[str]]:
        """(name, value) of each line that says something."""
        lines = printable(self.cleaned_data["conditions"]).splitlines()
        found: list[list[str]] = []
        for number, line in enumerate(lines, start=1):
            if line.strip():
                found.append(self._condition(number, line))
        if not found:
            raise ValidationError("Skriv mindst én betingelse, for eksempel cvr = 29189382.")
        if len(found) > self.LINES:
            raise ValidationError(f"Der er {len(found)} betingelser. Skriv højst {self.LINES}.")
        return found

    def _condition(self, number: int, line: str) -> list[str]:
        name, _, value = line.partition("=")
        pair = [name.strip(), value.strip()]
        if not all(pair):
            raise ValidationError(
                f"Linje {number} er ikke navn = værdi: “{shortened(line.strip(), 60)}”. "
                "Skriv for eksempel cvr = 29189382."
            )
        if max(map(len, pair)) > self.LONGEST:
            raise ValidationError(f"Linje {number} er for lang. Der er plads til {self.LONGEST} tegn.")
        return pair


class PasswordForm(PageForm):
    """The first password of an invited person."""

    page = Page(
        "Velkommen, {invitation.user.name}",
        lead="{invitation.organisation} har inviteret dig til Samråd. Vælg en adgangskode, så er du inde.",
        button="Kom ind",
        done="Du er inde. Under Min profil kan du sætte to-trins-login eller en adgangsnøgle op.",
    )

    password = forms.CharField(
        label="Vælg en adgangskode",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Mindst 12 tegn.",
        strip=False,
    )
    again = forms.CharField(
        label="Skriv den igen",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_password(self) -> str:
        """The password, if it is good enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("password") and data.get("password") != data.get("again"):
            raise ValidationError({"again": "De to adgangskoder er ikke ens."})
        return data

    def asked(self) -> dict[str, Any]:
        """The password, once."""
        return {"password": self.cleaned_data["password"]}


class YesNoForm(PageForm):
    """An answer that somebody waits for; each way has its consequence on the page."""

    agrees = forms.ChoiceField(
        label="Dit svar", choices=[("yes", "Ja"), ("no", "Nej")], widget=forms.RadioSelect
    )

    def asked(self) -> dict[str, bool]:
        """Yes or no."""
        return {"agrees": self.cleaned_data["agrees"] == "yes"}


class MembershipAnswerForm(YesNoForm):
    """Does a person want to belong to an organisation that invited her?"""

    page = Page(
        "Vil du høre til {membership.organisation}?",
        lead="Du er inviteret som {right}. Siger du ja, står du på listen over organisationens personer, "
        "og dens administrator kan afslutte tilknytningen. Siger du nej, sker der ikke mere.",
        button="Svar",
        done="Dit svar er gemt.",
    )


class MailChoiceForm(PageForm):
    """Which mails a person wants."""

    page = Page(
        "Hvilke mails vil du have?",
        lead="Invitationer, høringer og besked om pladser kommer altid. "
        "Alt det, der venter på dig, står også på dit bord.",
        done="Dit valg er gemt.",
    )

    wanted = forms.MultipleChoiceField(
        label="Send mig",
        choices=[(kind.value, kind.label) for kind in Mail.Kind if kind not in ALWAYS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ResetPasswordForm(account.ResetPasswordForm):
    """Ask for a link to a new password: the same work is done whether somebody has the address or not."""

    def clean_email(self) -> str:
        """The address as it was typed; nobody is looked for yet."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Let the worker write the mail, if there is somebody to write to."""
        email: str = self.cleaned_data["email"]
        forgotten.ask(email)
        return email


class CodeForm(mfa.AuthenticateForm):
    """The code of the second step, which cannot be guessed for ever."""

    def clean_code(self) -> str:
        """The code, if it is right."""
        with guess(context.request, self.user):
            return str(super().clean_code())


class CodeAgainForm(mfa.ReauthenticateForm):
    """The same, asked again before something that matters."""

    def clean_code(self) -> str:
        """The code, if it is right."""
        with guess(context.request, self.user):
            return str(super().clean_code())
