"""What is filled in about the council: its seats, the item for the byråd, and what the byråd answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from tally.council import Answer, Early, SeatKind
from votingapp.desks.council.composing import Other
from votingapp.documents.council_draft import CHECKED
from votingapp.documents.council_item import SECTIONS
from votingapp.store.case_files import CaseFile
from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import without_cpr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from votingapp.desks.council.standing import Line

MOST_SEATS = 60
_EMPTY_ROWS = 3
_LONGEST_NAME, _LONGEST_NUMBER, _LONGEST_SECTION = 200, 60, 30_000


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


class StepForm(FlaskForm):
    """Nothing but the wish to take the next step."""


class OtherForm(Form):
    """A seat that the election does not fill."""

    number = HiddenField()
    category = StringField(_("Kategori"), [Length(max=_LONGEST_NAME), without_cpr], filters=[_one_line])
    kind = SelectField(
        _("Besættes"),
        choices=[
            SelectChoice(SeatKind.APPOINTED.value, _("udpeges af Byrådet")),
            SelectChoice(SeatKind.BYRAAD.value, _("udpeges blandt Byrådets medlemmer")),
        ],
        default=SeatKind.APPOINTED.value,
    )
    name = StringField(_("Foreslået"), [Length(max=_LONGEST_NAME), without_cpr], filters=[_one_line])

    def validate_category(self, field: StringField) -> None:
        """A person has no seat without a category."""
        if self.name.data and not field.data:
            raise ValidationError(_("Skriv, hvilken kategori pladsen hører til."))


class CompositionForm(FlaskForm):
    """The seats beside those of the election."""

    others = FieldList(FormField(OtherForm), max_entries=MOST_SEATS)

    def show(self, lines: Iterable[Line], *, free: bool) -> None:
        """Show the seats as they are kept, and some empty rows where the rules name no categories (`free`)."""
        for line in lines:
            place = line.place
            row = {"number": place.number, "category": place.category, "kind": place.kind.value, "name": place.name}
            self.others.append_entry(row)
        for _row in range(_EMPTY_ROWS if free else 0):
            if len(self.others.entries) < MOST_SEATS:
                self.others.append_entry({"number": ""})

    def read(self) -> tuple[Other, ...]:
        """What was filled in; a row without a category is no seat."""
        return tuple(
            Other(_number(row["number"]), row["category"], SeatKind(row["kind"]), row["name"])
            for row in self.others.data
            if row["category"]
        )


def _number(text: str | None) -> int | None:
    said = text or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= len(str(MOST_SEATS)) + 2 else None


class ItemForm(FlaskForm):
    """The item for the byråd; numbers of cases are written in as many ways as there are town halls, and are not judged."""

    title = StringField(
        _("Overskrift"),
        [DataRequired(_("Skriv en overskrift.")), Length(max=_LONGEST_NAME), without_cpr],
        filters=[_one_line],
    )
    case_number = StringField(_("Sagsnummer"), [Length(max=_LONGEST_NUMBER)], filters=[_one_line])
    kle = StringField(_("KLE-nummer"), [Length(max=_LONGEST_NUMBER)], filters=[_one_line])
    recommendation = TextAreaField(_("Indstilling"), [Length(max=_LONGEST_SECTION), without_cpr])
    background = TextAreaField(_("Baggrund og vurdering"), [Length(max=_LONGEST_SECTION), without_cpr])
    communication = TextAreaField(_("Kommunikation"), [Length(max=_LONGEST_SECTION), without_cpr])
    economy = TextAreaField(_("Økonomi"), [Length(max=_LONGEST_SECTION), without_cpr])
    history = TextAreaField(_("Sagens forløb"), [Length(max=_LONGEST_SECTION), without_cpr])
    decision = TextAreaField(_("Beslutning"), [Length(max=_LONGEST_SECTION), without_cpr])
    enclosures = TextAreaField(_("Bilag"), [Length(max=_LONGEST_SECTION), without_cpr])
    checked = BooleanField(_("Vi har set efter, at hele rådets sammensætning opfylder rådets forretningsorden."))

    def show(self, written: CaseFile) -> None:
        """Show a draft."""
        self.title.data, self.case_number.data, self.kle.data = written.title, written.case_number, written.kle
        for name in SECTIONS:
            self[name].data = written.sections.get(name, "")
        self.checked.data = CHECKED in (self.background.data or "")

    def read(self) -> CaseFile:
        """What was written; the sentence of the tick stands in the background as long as it is ticked."""
        sections = {name: (self[name].data or "").replace("\r\n", "\n").strip() for name in SECTIONS}
        bare = "\n\n".join(part for part in sections["background"].split("\n\n") if part.strip() != CHECKED)
        sections["background"] = f"{bare}\n\n{CHECKED}".strip() if self.checked.data else bare
        return CaseFile(self.title.data or "", self.case_number.data or "", self.kle.data or "", sections)


class AnswerForm(Form):
    """What the byråd answered about the one who is proposed for a seat."""

    seat = HiddenField()
    answer = SelectField(
        choices=[
            SelectChoice("", _("Ikke behandlet")),
            SelectChoice(Answer.APPROVED.value, _("Udpeget")),
            SelectChoice(Answer.RETURNED.value, _("Sendt tilbage")),
            SelectChoice(Answer.NOT_APPOINTED.value, _("Ikke udpeget")),
        ],
        default="",
    )


class RulingForm(FlaskForm, SecondOfficial):
    """The meeting, an answer about each person, and a second official who says so too."""

    seen = HiddenField()
    warned = HiddenField()
    met_on = DateField(_("Mødedato"), [InputRequired(_("Skriv, hvilken dag mødet blev holdt."))])
    body = StringField(
        _("Hvem traf afgørelsen?"),
        [DataRequired(_("Skriv, hvem der traf afgørelsen.")), Length(max=_LONGEST_NAME), without_cpr],
        filters=[_one_line],
    )
    case_number = StringField(_("Sagsnummer"), [Optional(), Length(max=_LONGEST_NUMBER)], filters=[_one_line])
    answers = FieldList(FormField(AnswerForm), max_entries=MOST_SEATS * 20)
    words = TextAreaField(
        _("Beslutningen, som den står i referatet"),
        [DataRequired(_("Skriv beslutningen af fra referatet.")), Length(max=5000), without_cpr],
    )
    accept = BooleanField(_("Vi ved det begge to, og afgørelsen skal skrives ind nu."))

    def show(self, asked: Iterable[Line], seen: str) -> None:
        """Ask about these people: what was answered about them stays."""
        said = {row["seat"]: row["answer"] for row in self.answers.data}
        while self.answers.entries:
            self.answers.pop_entry()
        self.seen.data = seen
        for line in asked:
            number = str(line.place.number)
            entry = self.answers.append_entry({"seat": number, "answer": said.get(number, "")})
            entry.form.answer.label.text = f"{line.place.number}. {line.place.name}"

    def read(self) -> dict[int, Answer]:
        """The answers by seat number; who was not dealt with is left out."""
        rows = ((_number(row["seat"]), row["answer"]) for row in self.answers.data)
        return {number: Answer(answer) for number, answer in rows if number is not None and answer}

    def accepted(self) -> frozenset[Early]:
        """The warnings that stood on the page, where both say that they know them."""
        known = {one.value: one for one in Early}
        shown = (self.warned.data or "").split()
        return frozenset(known[one] for one in shown if one in known) if self.accept.data else frozenset()
