"""The pages and files that everybody may open."""

from __future__ import annotations

from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from flask import Response, abort, current_app, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.exceptions import ServiceUnavailable

from candidates.declarations import find_declaration
from votingapp.desks.public import (
    challenges,
    checking,
    hall,
    members,
    openness,
    papers,
    people,
    pictures,
    receipts,
    records,
    results,
    service,
)
from votingapp.desks.public import timetable as dates
from votingapp.desks.public.borders import age_border
from votingapp.desks.public.door import blueprint, page, photo_url, press
from votingapp.desks.public.sharing import Card, describe
from votingapp.documents.pictures.cropping import PAGE_SIDE
from votingapp.documents.poster import render_flyer, render_poster
from votingapp.store.staff import Role
from votingapp.web.access import PUBLIC, current_election, current_roles, current_store, guard
from votingapp.web.addresses import office_address, whole_address
from votingapp.web.files import as_file, as_pdf
from votingapp.web.languages import LANGUAGES, local_time, page_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import BoundedSemaphore

    from candidates.declarations import Declaration
    from votingapp.documents.poster import Paper

__all__ = [
    "blueprint",
    "challenges",
    "checking",
    "hall",
    "members",
    "openness",
    "pictures",
    "receipts",
    "records",
    "results",
]

_ARCHIVE_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of an archive that are put together in memory; a larger one passes through a file without a name."""

_PIECE = 64 * 1024

_OPEN_GRAPH_LOCALES = {
    "da": "da_DK", "en": "en_GB", "ar": "ar_AR", "tr": "tr_TR", "pl": "pl_PL", "uk": "uk_UA", "ro": "ro_RO",
}  # fmt: skip


@blueprint.get("/")
@guard(PUBLIC)
def home() -> str:
    """The front page: every election of the house."""
    return render_template("public/home.html", elections=service.announced(current_store()))


@blueprint.get("/<slug>/")
@guard(PUBLIC)
def election(slug: str) -> str:
    """One election: what it is, when, and where it is in its life."""
    del slug
    found = current_election()
    return page("election", has_archive=found.frozen_at is not None, has_candidates=bool(_standing()))


@blueprint.get("/<slug>/candidates")
@guard(PUBLIC)
def candidates(slug: str) -> str:
    """Who stands."""
    del slug
    found = current_election()
    everybody = _standing()
    frozen = found.frozen_at is not None
    by_letter = not frozen or found.rules.ballot.order == "alphabetical"
    parts = people.stretches(everybody, by_letter=by_letter)
    return page("candidates", candidates=everybody, stretches=parts, frozen=frozen)


@blueprint.get("/<slug>/candidates/<public_id>")
@guard(PUBLIC)
def candidate(slug: str, public_id: str) -> str:
    """One who stands, at an address that never changes."""
    placed = people.find(current_store(), current_election(), public_id)
    if placed is None:
        abort(404)
    card = _card(slug, placed.candidate)
    return page(
        "candidate", placed=placed, card=card, picture_side=PAGE_SIDE, og_locale=_OPEN_GRAPH_LOCALES[page_language()]
    )


@blueprint.get("/<slug>/how-to-vote")
@guard(PUBLIC)
def how_to_vote(slug: str) -> str:
    """How one votes at the polling place, step by step."""
    del slug
    return page("how_to_vote", declaration=_declaration())


@blueprint.get("/<slug>/trust")
@guard(PUBLIC)
def trust(slug: str) -> str:
    """Why one can trust the election, and where one cannot, in a minute's reading (docs/answers.md says it at length)."""
    del slug
    return page("trust")


@blueprint.get("/<slug>/timetable")
@guard(PUBLIC)
def timetable(slug: str) -> str:
    """Every date of the election."""
    del slug
    found, store = current_election(), current_store()
    now = store.clock()
    return page(
        "timetable",
        dates=dates.timetable(found, service.lot(store, found)),
        now=now,
        today=local_time(now).date(),
        complaints=service.complaints_in_figures(store, found),
    )


@blueprint.get("/<slug>/rules")
@guard(PUBLIC)
def rules(slug: str) -> str:
    """The rules in plain words, with the file and its hash."""
    del slug
    found = current_election()
    lot = service.lot(current_store(), found)
    drawn = people.drawn_order(_standing(), lot.seed) if lot is not None and lot.seed else ()
    return page("rules", declaration=_declaration(), lot=lot, drawn=drawn, complaints_end=found.complaints_end)


@blueprint.get("/<slug>/eligibility")
@guard(PUBLIC)
def eligibility(slug: str) -> str:
    """Each rule a candidate is held against: a section for every code a finding can have."""
    del slug
    rules = current_election().rules
    border = age_border(rules.election.election_day, rules.eligibility.minimum_age)
    return page("eligibility", declaration=_declaration(), border=border)


@blueprint.get("/<slug>/rules.toml")
@guard(PUBLIC)
def rules_file(slug: str) -> Response:
    """The rule set byte for byte as it was adopted."""
    return as_file(current_election().rules.text.encode(), "application/toml", f"{slug}-rules.toml")


@blueprint.get("/<slug>/flyer.pdf")
@guard(PUBLIC)
def flyer_pdf(slug: str) -> Response:
    """The flyer (løbeseddel), A4 on both sides."""
    with force_locale(_asked_language()):
        paper = _paper()
    made = press().paper(paper.fingerprint("flyer"), lambda: render_flyer(paper))
    return as_pdf(made, f"{slug}-flyer-{paper.wording.language}.pdf")


@blueprint.get("/<slug>/poster.pdf")
@guard(PUBLIC)
def poster_pdf(slug: str) -> Response:
    """The poster (plakat), A3, with everybody's picture."""
    with force_locale(_asked_language()):
        paper = _paper()
    store, found = current_store(), current_election()
    made = press().paper(paper.fingerprint("poster"), lambda: render_poster(paper, papers.faces(store, found, paper)))
    return as_pdf(made, f"{slug}-poster-{paper.wording.language}.pdf")


@blueprint.get("/<slug>/result")
@guard(PUBLIC)
def result(slug: str) -> str:
    """What came out, once it has been counted."""
    del slug
    store, found = current_store(), current_election()
    decision = service.uncontested(store, found)
    elected = _standing() if decision else ()
    return page(
        "result",
        result=service.result(store, found, press()),
        has_record=service.has_record(store, found),
        decision=decision,
        candidates=elected,
        is_final=service.is_final(store, found),
        audit=service.audit(store, found),
    )


@blueprint.get("/<slug>/election.bel")
@guard(PUBLIC)
def archive(slug: str) -> Response:
    """The archive that anybody can verify; until the close it holds the set-up only (promise 6)."""
    with ExitStack() as left:
        # Whoever opens her part of the sum checks the urn, and is kept waiting by nobody.
        if Role.BOARD not in current_roles():
            left.callback(_take_place())
        stream = cast("BinaryIO", left.enter_context(SpooledTemporaryFile(_ARCHIVE_IN_MEMORY)))
        if not service.write_archive(current_store(), current_election(), stream):
            abort(404)
        size = stream.tell()
        stream.seek(0)
        sent = left.pop_all()
    answer = as_file(_pieces(stream, sent), "application/octet-stream", f"{slug}-election.bel")
    answer.content_length = size  # whoever reads it shows how far she has come
    answer.call_on_close(sent.close)
    return answer


def _take_place() -> Callable[[], None]:
    """A place among those who fetch an archive, and how it is given back; 503 where all are taken."""
    places: BoundedSemaphore = current_app.extensions["archive_places"]
    if not places.acquire(blocking=False):
        raise ServiceUnavailable
    return places.release


def _pieces(stream: BinaryIO, sent: ExitStack) -> Iterator[bytes]:
    with sent:
        while piece := stream.read(_PIECE):
            yield piece


def _standing() -> tuple[people.Standing, ...]:
    return people.standing(current_store(), current_election())


def _declaration() -> Declaration | None:
    return find_declaration(current_election().rules.eligibility.declaration)


def _card(slug: str, candidate: people.Standing) -> Card:
    found = current_election()
    picture = photo_url(candidate, "page")
    name = f"{candidate.name} ({candidate.line})" if candidate.line else candidate.name
    otherwise = _("Kandidat til %(election)s.", election=found.name)
    return Card(
        title=f"{name} – {found.name}",
        description=describe(candidate, page_language(), otherwise),
        address=whole_address("public.candidate", slug=slug, public_id=candidate.public_id),
        picture=None if picture is None else office_address() + picture,
    )


def _asked_language() -> str:
    """The language that a paper is asked for in, else the page's; 404 for one that the house does not speak."""
    asked = request.args.get("language", page_language())
    if asked not in LANGUAGES:
        abort(404)
    return asked


def _paper() -> Paper:
    found, everybody = current_election(), _standing()
    if not everybody:
        abort(404)
    phase = service.phase_of(current_store(), found)
    address = whole_address("public.election", slug=found.slug)
    return papers.compose(found, everybody, phase, page_language(), address)
