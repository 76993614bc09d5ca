"""What a candidate fills in: kept as it was typed while it is a draft, and read with care when she sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.identity import Identity
from votingapp.desks.nomination.drafting import PRESENTATION
from votingapp.store.drafts import Content
from votingapp.store.filing import Contact, Submission
from votingapp.web.fields import CprField, without_cpr
from votingapp.web.nomination_form import NominationForm
from votingapp.web.wording import say_cpr

if TYPE_CHECKING:
    from tally.rules import RuleSet
    from votingapp.store.applicants import Applicant

_ROOM = {"name": 300, "cpr": 20, "email": 200, "phone": 60, "address": 600, "other_language": 100, "group": 100}
_ROOM_FOR_TEXT = 20_000
"""Code points that a draft has room for: far more than may be sent, so that nobody loses what she pasted by mistake."""


class StandForm(NominationForm):
    """One nomination; fields that the rule set does not ask for, or that her sign-in has answered, are left out."""

    name = StringField(_("Dit navn på stemmesedlen"), [InputRequired(_("Skriv dit navn.")), without_cpr])
    cpr = CprField(_("CPR-nummer"))
    address = TextAreaField(_("Postadresse til breve (kan udelades)"), [without_cpr])
    statement = TextAreaField(_("Din tekst på dansk (kan udelades)"), [without_cpr])
    own_language = SelectField(_("Dit eget sprog (kan udelades)"), default="", validate_choice=False)
    own_statement = TextAreaField(_("Din tekst på dit eget sprog (kan udelades)"), [without_cpr])
    declared = BooleanField()
    consented = BooleanField(
        _(
            "Jeg samtykker i, at mit navn, min tekst og mit foto bliver offentliggjort på valgets hjemmeside og på stemmesedlen."
        ),
        [InputRequired(_("Sæt kryds her. Uden samtykke til offentliggørelse kan du ikke stå på stemmesedlen."))],
    )
    warned = HiddenField()
    """The rules that she was told she does not keep; she may send all the same, and people decide."""

    def __init__(
        self, rules: RuleSet, applicant: Applicant, declaration: str | None, known_cpr: Cpr | None, **kwargs: Any
    ) -> None:
        """Fit the form to a rule set and a person.

        `declaration` is the wording to agree to, None where none is asked for; `known_cpr` the number that is kept
        already, which is not shown and need not be typed again.
        """
        super().__init__(rules, **kwargs)
        self._applicant = applicant
        self._known_cpr = known_cpr
        if applicant.identity is Identity.MITID:
            del self.cpr
        else:
            del self.email
        self._fit_declaration(declaration)

    def validate_cpr(self, field: CprField) -> None:
        """The number names a date of birth, and is no replacement number; modulus 11 is not asked."""
        if not (field.data or "").strip():
            if self._known_cpr is None:
                raise ValidationError(gettext("Skriv dit CPR-nummer."))
            return
        read = parse_cpr(field.data or "")
        if isinstance(read, CprRefusal):
            raise ValidationError(say_cpr(read))

    def hold(self, sent: Content) -> bool:
        """Put what voters read back to what was sent before, whatever was typed; tells whether anything else was."""
        typed_otherwise = False
        for name in PRESENTATION:
            if name in self:
                field, kept = self[name], getattr(sent, name)
                typed_otherwise |= bool(field.raw_data) and (field.data or "").split() != kept.split()
                field.data, field.raw_data = kept, [kept]
        return typed_otherwise

    def fits_a_draft(self) -> bool:
        """Whether everything that was typed finds room in a draft; what does not is named at its field."""
        fits = True
        for field in self:
            room = _ROOM.get(field.short_name, _ROOM_FOR_TEXT)
            if len(str(field.data or "")) > room:
                field.errors = [*field.errors, gettext("Teksten er alt for lang til at blive gemt.")]
                fits = False
        return fits

    def content(self) -> Content:
        """Everything as it was typed, for the draft; of a CPR number only one that can be read."""
        cpr = self.read_cpr()
        fields = ("name", "email", "phone", "address", "group", "statement", "own_language", "other_language")
        typed = {name: str(getattr(self, name).data or "") for name in (*fields, "own_statement") if name in self}
        return Content(**typed, cpr=cpr.number if cpr else "")

    def read_cpr(self) -> Cpr | None:
        """The number typed here, else the one that is kept, else None; her sign-in's goes before all."""
        read = parse_cpr(self.cpr.data or "") if self.cpr else self._applicant.cpr
        return read if isinstance(read, Cpr) else self._known_cpr

    def cpr_is_unread(self) -> bool:
        """Whether a number was typed that cannot be read, and so is in no draft."""
        return bool(self.cpr and (self.cpr.data or "").strip() and isinstance(parse_cpr(self.cpr.data), CprRefusal))

    def submission(self) -> Submission:
        """What was sent in, once the form has been found valid."""
        email = self._applicant.email or (self.email.data or "").strip()
        return Submission(
            cpr=self.read_cpr(),
            contact=Contact(email, (self.phone.data or "").strip(), self.read_address()),
            declaration=self._rules.eligibility.declaration if self.declared and self.declared.data else None,
            identity=self._applicant.identity,
            applicant_id=self._applicant.id,
            **self.read_presentation(),
        )

    def _fit_declaration(self, declaration: str | None) -> None:
        if declaration is None:
            del self.declared
        else:
            self.declared.label.text = declaration
