"""The pages of one voter: she is found, asked, admitted, and the answer is read across the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, jsonify

from ballots.admission import Admissible, AlreadyAdmitted, NeedsDeclaration, NoSlipsLeft
from ballots.poll import PollState
from candidates.cpr import Cpr
from candidates.declarations import find_declaration
from votingapp.desks.checkin import assist_words, doubt_words, service, watching, words
from votingapp.desks.checkin.door import AT_THE_DESK, UNPROCESSABLE, Page, blueprint, desk_page, this_desk
from votingapp.desks.checkin.doubt_forms import DoubtForm
from votingapp.desks.checkin.forms import AdmitForm, LookupForm
from votingapp.desks.checkin.reading import CardText, RollNumber
from votingapp.store.admissions import Channel
from votingapp.store.devices import Kind
from votingapp.store.doubts import DoubtKind
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.devices import device_here, keep_alive
from votingapp.web.headers import with_camera
from votingapp.web.languages import LANGUAGES
from votingapp.web.sessions import asked_by_the_page

if TYPE_CHECKING:
    from flask import Response

    from candidates.declarations import Wording
    from votingapp.desks.checkin.service import AdmitOutcome, Found
    from votingapp.store.register import Resident

Persons = tuple["Found", ...]


@blueprint.route("/<slug>/checkin/", methods=["GET", "POST"])
@guard(AT_THE_DESK)
@with_camera
def lookup(slug: str) -> Page:  # noqa: ARG001
    """Find a person; what is typed travels in the body of the request, never in an address."""
    form = LookupForm()
    if not form.validate_on_submit():
        return _lookup_page(form), UNPROCESSABLE if form.is_submitted() else 200
    store, desk, election = current_store(), this_desk(), current_election()
    match form.search:
        case Cpr() as cpr:
            return _found_page(service.find_cpr(store, desk, election, cpr), _asking(known=True))
        case CardText(text):
            card = service.look_up_card(store, desk, election, text)
            if not isinstance(card, service.OnCard):
                return _answer_page(words.tell_unknown_card(card), None, DoubtKind.NOT_FOUND)
            above = words.tell_outdated_card(card.found.person.roll_number) if card.outdated else None
            return _found_page((card.found,), _asking(said=form.birth_date.data), above)
        case RollNumber(number):
            return _found_page(
                service.look_up_number(store, desk, election, number), _asking(said=form.birth_date.data)
            )
        case _:
            days = form.born.days(store.clock().date()) if form.born else ()
            found = service.look_up_name(store, desk, election, form.query.data or "", *days)
            return _found_page(found, _asking(known=True))


@blueprint.post("/<slug>/checkin/admit")
@guard(AT_THE_DESK)
@with_camera
def admit(slug: str) -> Page:  # noqa: ARG001
    """Admit a person and show the answer.

    The answer is shown at once and not behind a redirect: a page that can be opened again must never say "admitted", and
    this one, sent again, says that she has been here.
    """
    form, store, desk = AdmitForm(), current_store(), this_desk()
    if not form.validate_on_submit():
        return _once_more(form), UNPROCESSABLE
    channel = Channel.PAPER if form.paper.data else Channel.SLIP
    wish = service.Wish(form.person_id.data or "", bool(form.declared.data), channel, form.said)
    answered = service.answer(store, desk, current_election(), wish)
    match answered.outcome:
        case NeedsDeclaration() as outcome:
            form.declared.errors = [words.tell(outcome).text]
            return _once_more(form), UNPROCESSABLE
        case service.BirthDateDiffers() as outcome:
            return _differs_page(words.tell(outcome), form, answered.person)
        case outcome:
            told = _tell(outcome, channel)
    return _answer_page(told, answered.person, doubt_words.likely_kind(answered.outcome))


@blueprint.get("/<slug>/checkin/counter")
@guard(AT_THE_DESK)
@with_camera
def counter(slug: str) -> Page:  # noqa: ARG001
    """How many this desk has admitted; the board also sees the account of slips."""
    figures = service.read_counter(current_store(), current_election(), this_desk().name)
    return desk_page("checkin/counter.html", figures=figures)


@blueprint.get("/<slug>/checkin/state.json")
@guard(AT_THE_DESK)
@asked_by_the_page
def state(slug: str) -> Response:  # noqa: ARG001
    """How things stand, for the desk's page: whoever gets no answer here is cut off, and says so."""
    store, election = current_store(), current_election()
    device = device_here(Kind.DESK, election.id)
    if device is not None:
        keep_alive(store, device)
    standing = watching.read_standing(store, this_desk(), election)
    message = standing.message
    return jsonify(
        poll=standing.poll.value,
        doors_shut=standing.doors_shut,
        message=None if message is None else {"id": message.id, "text": message.text, "sender": message.sender},
        answered=standing.answered,
    )


def _lookup_page(form: LookupForm) -> str:
    doubt = _doubt_form(DoubtKind.REPLACEMENT_NUMBER) if form.replacement_number else None
    return desk_page("checkin/lookup.html", form=form, doubt=doubt, helped=assist_words.KINDS)


def _asking(*, known: bool = False, said: str | None = None) -> AdmitForm:
    """The form of somebody who was found; `known`: her birth date led to her, or stood on the card she showed."""
    form = AdmitForm(formdata=None)
    form.confirmed.data, form.birth_date.data = known, said
    return form


def _found_page(found: Persons, form: AdmitForm, above: words.Told | None = None) -> str:
    """Whoever was found; `above` is what else the desk is told, where somebody can be admitted."""
    if not found:
        return _answer_page(words.tell_nobody(), None, DoubtKind.NOT_FOUND)
    if len(found) == 1 and not isinstance(found[0].answer, Admissible | NoSlipsLeft):
        return _answer_page(_tell(found[0].answer), found[0].person, doubt_words.likely_kind(found[0].answer))
    told = [(one.person, words.tell(one.answer), isinstance(one.answer, NoSlipsLeft)) for one in found]
    return _persons_page(told, form, known=bool(form.confirmed.data), above=above)


def _tell(outcome: AdmitOutcome, channel: Channel = Channel.SLIP) -> words.Told:
    """An answer in words; of somebody whom this very desk has just let in it is no refusal."""
    if isinstance(outcome, AlreadyAdmitted) and service.pressed_twice(
        outcome, this_desk().name, current_store().clock()
    ):
        return words.tell_pressed_twice()
    return words.tell(outcome, channel)


def _differs_page(above: words.Told, form: AdmitForm, person: Resident | None) -> str:
    """The same person asked again: the register's date stays hidden, and the supervisor is one press away."""
    if person is None:
        raise LookupError("a date was compared with nobody's")
    form.birth_date.data = ""
    told = [(person, words.tell(Admissible()), False)]
    return _persons_page(told, form, above=above, doubt=_doubt_form(DoubtKind.OTHER_BIRTH_DATE, person))


def _persons_page(told: list[tuple[Resident, words.Told, bool]], form: AdmitForm, **shown: object) -> str:
    whole = {"above": None, "doubt": None, "known": False} | shown
    return desk_page(
        "checkin/found.html",
        found=told,
        form=form,
        declaration=_declaration(),
        voters_languages=LANGUAGES,
        **whole,
    )


def _answer_page(told: words.Told, person: Resident | None, kind: DoubtKind) -> str:
    doubt = None if told.colour == "good" else _doubt_form(kind, person)
    return desk_page("checkin/answer.html", told=told, person=person, form=LookupForm(formdata=None), doubt=doubt)


def _once_more(form: AdmitForm) -> str:
    """The person again, with what is missing; a person nobody at this election has looked up is not shown."""
    person_id = form.person_id.data or ""
    if form.person_id.errors:
        abort(UNPROCESSABLE)
    shown = service.show(current_store(), current_staff(), current_election(), person_id)
    if shown is None:
        abort(UNPROCESSABLE)
    return _found_page((shown,), form)


def _doubt_form(kind: DoubtKind, person: Resident | None = None) -> DoubtForm | None:
    """The form of a case, while the poll is open; at other times there is nobody to let in and nothing to decide."""
    if current_election().state is not PollState.OPEN:
        return None
    form = DoubtForm(formdata=None)
    form.kind.data = kind.value
    form.person_id.data = person.id if person else ""
    return form


def _declaration() -> Wording | None:
    """The words a voter agrees to at the desk, where the roll is open and the rules ask for them."""
    asked = service.declaration_asked(current_election())
    if asked is None:
        return None
    declaration = find_declaration(asked)
    if declaration is None:
        raise LookupError("the rule set names a declaration that has no text")
    return declaration.voter
