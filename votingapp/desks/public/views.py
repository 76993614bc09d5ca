"""The pages and files that everybody may open."""

from __future__ import annotations

import json
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from flask import Blueprint, Response, abort, render_template

from candidates.declarations import find_declaration
from votingapp.desks.public import service
from votingapp.documents.record import render_record
from votingapp.web.access import PUBLIC, current_election, current_store, guard

if TYPE_CHECKING:
    from collections.abc import Iterator

blueprint = Blueprint("public", __name__)

_ARCHIVE_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of an archive that are put together in memory; a larger one passes through a file without a name."""

_PIECE = 64 * 1024


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
    phase = service.phase_of(current_store(), found)
    return render_template("public/election.html", election=found, phase=phase, has_archive=found.frozen_at is not None)


@blueprint.get("/<slug>/candidates")
@guard(PUBLIC)
def candidates(slug: str) -> str:
    """Who stands."""
    del slug
    found = current_election()
    return render_template(
        "public/candidates.html",
        election=found,
        candidates=service.candidates(current_store(), found),
        frozen=found.frozen_at is not None,
        phase=service.phase_of(current_store(), found),
    )


@blueprint.get("/<slug>/rules")
@guard(PUBLIC)
def rules(slug: str) -> str:
    """The rules in plain words, with the file and its hash."""
    del slug
    found = current_election()
    declaration = find_declaration(found.rules.eligibility.declaration)
    return render_template("public/rules.html", election=found, declaration=declaration)


@blueprint.get("/<slug>/rules.toml")
@guard(PUBLIC)
def rules_file(slug: str) -> Response:
    """The rule set byte for byte as it was adopted."""
    return _download(current_election().rules.text.encode(), "application/toml", f"{slug}-rules.toml")


@blueprint.get("/<slug>/result")
@guard(PUBLIC)
def result(slug: str) -> str:
    """What came out, once it has been counted."""
    del slug
    election = current_election()
    found = service.result(current_store(), election)
    phase = service.phase_of(current_store(), election)
    return render_template("public/result.html", election=election, result=found, phase=phase)


@blueprint.get("/<slug>/election.bel")
@guard(PUBLIC)
def archive(slug: str) -> Response:
    """The archive that anybody can verify; until the close it holds the set-up only (promise 6)."""
    stream = cast("BinaryIO", SpooledTemporaryFile(_ARCHIVE_IN_MEMORY))  # noqa: SIM115 - closed once it has been sent
    if not service.write_archive(current_store(), current_election(), stream):
        stream.close()
        abort(404)
    stream.seek(0)
    answer = Response(_pieces(stream), mimetype="application/octet-stream")
    answer.call_on_close(stream.close)
    return _as_file(answer, f"{slug}-election.bel")


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(_PIECE):
            yield piece


@blueprint.get("/<slug>/counts.json")
@guard(PUBLIC)
def counts_file(slug: str) -> Response:
    """The counts, as the allocation reads them."""
    return _download(_result().published.counts_json.encode(), "application/json", f"{slug}-counts.json")


@blueprint.get("/<slug>/lots.json")
@guard(PUBLIC)
def lots_file(slug: str) -> Response:
    """The lots drawn so far, as the allocation reads them."""
    return _download(_result().published.outcome.lots_json.encode(), "application/json", f"{slug}-lots.json")


@blueprint.get("/<slug>/result.json")
@guard(PUBLIC)
def result_file(slug: str) -> Response:
    """Seats and substitutes, as the allocation answers."""
    answer = json.dumps(_result().published.allocation, ensure_ascii=False, indent=2)
    return _download(f"{answer}\n".encode(), "application/json", f"{slug}-result.json")


@blueprint.get("/<slug>/record.pdf")
@guard(PUBLIC)
def record_pdf(slug: str) -> Response:
    """The record, once every lot is drawn."""
    record = _settled().published.record
    return _download(render_record(record), "application/pdf", f"valgprotokol-{slug}.pdf")


@blueprint.get("/<slug>/record.json")
@guard(PUBLIC)
def record_json(slug: str) -> Response:
    """The record as data."""
    return _download(_settled().published.record_json, "application/json", f"valgprotokol-{slug}.json")


def _result() -> service.Result:
    found = service.result(current_store(), current_election())
    if found is None:
        abort(404)
    return found


def _settled() -> service.Result:
    found = _result()
    if not found.settled:
        abort(404)
    return found


def _download(content: bytes, kind: str, name: str) -> Response:
    return _as_file(Response(content, mimetype=kind), name)


def _as_file(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
