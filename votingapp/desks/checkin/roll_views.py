"""The page on which the printed roll is keyed in after an hour on paper: first looked over, then kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from votingapp.desks.checkin import keying, roll_words, service
from votingapp.desks.checkin.door import AT_THE_DESK, UNPROCESSABLE, Page, blueprint, desk_page, this_desk
from votingapp.store.admissions import Channel
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_store, guard
from votingapp.web.cosign import SecondOfficial, complain, second_official
from votingapp.web.headers import with_camera

if TYPE_CHECKING:
    from collections.abc import Mapping

    from votingapp.desks.checkin.service import Desk

_BETWEEN = re.compile(r"[\s,;.]+")
_LARGEST = 999_999_999
_BESIDE_THE_NAMES = frozenset({"checked", "second_login", "second_password"})


class SheetForm(FlaskForm):
    """Numbers from the printed roll, how they voted, and what the print says of itself."""

    numbers = TextAreaField(
        _("Numre, der er krydset af"),
        [InputRequired(_("Skriv numrene fra den trykte valgliste.")), Length(max=1000, message=_("Højst 1000 tegn."))],
    )
    channel = RadioField(
        _("Hvordan stemte de?"),
        choices=[
            SelectChoice(Channel.SLIP.value, _("Med stemmeseddel fra kassen")),
            SelectChoice(Channel.PAPER.value, _("Med papirstemmeseddel")),
        ],
        validators=[InputRequired(_("Vælg, hvordan de stemte."))],
    )
    last_receipt = IntegerField(
        _("Seneste kvitteringsnummer på listen"),
        [
            InputRequired(_("Skriv det seneste kvitteringsnummer, der står på listen; 0, hvis ingen var mødt frem.")),
            NumberRange(0, _LARGEST, _("Et helt tal på højst ni cifre.")),
        ],
    )
    declared = BooleanField(_("Alle på arket sagde ja til erklæringen."))

    parsed: tuple[int, ...] = ()

    def validate(self, extra_validators: Mapping[str, object] | None = None) -> bool:
        """Read the numbers."""
        fits = super().validate(extra_validators)
        return self._read_numbers() and fits

    def _read_numbers(self) -> bool:
        typed = [word for word in _BETWEEN.split((self.numbers.data or "").strip()) if word]
        wrong = [word for word in typed if not (word.isascii() and word.isdigit() and 0 < int(word) <= _LARGEST)]
        if wrong:
            told = gettext("Skriv kun numre med mellemrum imellem. Det her er ikke et nummer: %(text)s", text=wrong[0])
            self.numbers.errors = [told]
        elif len(typed) > keying.MOST:
            self.numbers.errors = [gettext("Højst %(most)s numre ad gangen.", most=keying.MOST)]
        elif service.declaration_asked(current_election()) and not self.declared.data:
            told = gettext("På en åben valgliste siger hver vælger ja til erklæringen, også på papir.")
            self.declared.errors = [told]
        else:
            self.parsed = tuple(int(word) for word in typed)
            return True
        return False

    @property
    def sheet(self) -> keying.Sheet:
        """What was typed, as the service takes it."""
        return keying.Sheet(self.parsed, Channel(self.channel.data), self.last_receipt.data or 0)


class KeepForm(SheetForm, SecondOfficial):
    """The same, looked over by two."""

    checked = BooleanField(
        _("Vi har læst navnene op mod listen, og de passer."),
        [InputRequired(_("Læs navnene op mod den trykte liste, og sæt kryds."))],
    )


@blueprint.route("/<slug>/checkin/printed-roll", methods=["GET", "POST"])
@guard(AT_THE_DESK)
@with_camera
def printed_roll(slug: str) -> Page:  # noqa: ARG001
    """Look a sheet over: every number with its name, before anything is kept."""
    form = SheetForm()
    if not form.validate_on_submit():
        return _page(form), UNPROCESSABLE if form.is_submitted() else 200
    looked = keying.look_over(current_store(), this_desk(), current_election(), form.sheet)
    if not isinstance(looked, keying.Looked):
        form.form_errors.append(roll_words.tell_refused(looked))
        return _page(form), UNPROCESSABLE
    return _looked_page(KeepForm(), looked)


@blueprint.post("/<slug>/checkin/printed-roll/keep")
@guard(AT_THE_DESK)
@with_camera
def keep_printed_roll(slug: str) -> Page:  # noqa: ARG001
    """Keep a sheet; sent twice, the second time finds everybody admitted and admits nobody."""
    form, store, desk, election = KeepForm(), current_store(), this_desk(), current_election()
    if not form.validate():
        return _once_more(form, desk), UNPROCESSABLE
    second = second_official(store, desk.official, election, form, {Role.DESK, Role.BOARD})
    if not isinstance(second, Staff):
        complain(form, second)
        return _once_more(form, desk), UNPROCESSABLE
    kept = keying.key_in(store, desk, election, form.sheet, roll_words.tell_incident, second)
    if not isinstance(kept, keying.Keyed):
        form.form_errors.append(roll_words.tell_refused(kept))
        return _page(form), UNPROCESSABLE
    left = [roll_words.tell_left(one, form.sheet) for one in kept.left]
    return desk_page("checkin/roll_kept.html", kept=kept, left=left)


def _once_more(form: KeepForm, desk: Desk) -> str:
    """The page that lacks something: the names again where the sheet itself could be read, and else the sheet."""
    if not set(form.errors) <= _BESIDE_THE_NAMES:
        return _page(form)
    looked = keying.look_over(current_store(), desk, current_election(), form.sheet)
    if isinstance(looked, keying.Looked):
        return _looked_page(form, looked)
    form.form_errors.append(roll_words.tell_refused(looked))
    return _page(form)


def _page(form: SheetForm) -> str:
    return desk_page("checkin/roll.html", form=form, most=keying.MOST, asks=_asks_declaration())


def _looked_page(form: KeepForm, looked: keying.Looked) -> str:
    ready = [line.person for line in looked.lines if isinstance(line, keying.Ready)]
    left = [roll_words.tell_left(line, form.sheet) for line in looked.lines if not isinstance(line, keying.Ready)]
    return desk_page("checkin/roll_looked.html", form=form, ready=ready, left=left, asks=_asks_declaration())


def _asks_declaration() -> bool:
    return service.declaration_asked(current_election()) is not None
