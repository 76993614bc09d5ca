"""The record (valgprotokol) as everybody may have it: the bytes that were drawn up, each version, and who signed which."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Response, abort

from tally.signing import record_message
from votingapp.desks.public.door import blueprint
from votingapp.documents.word import MEDIA_TYPE as WORD
from votingapp.store import drawn_records, record_signatures
from votingapp.store.record_signatures import Way
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.files import PDF, as_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.drawn_records import Drawn, Version
    from votingapp.store.elections import Election

_JSON = "application/json"


@blueprint.get("/<slug>/record.pdf")
@guard(PUBLIC)
def record_pdf(slug: str) -> Response:
    """The version in force, to be read and signed; 404 until it is drawn up."""
    return as_file(_drawn(None).pdf, PDF, f"valgprotokol-{slug}.pdf")


@blueprint.get("/<slug>/record.json")
@guard(PUBLIC)
def record_json(slug: str) -> Response:
    """The version in force as data."""
    return as_file(_drawn(None).content, _JSON, f"valgprotokol-{slug}.json")


@blueprint.get("/<slug>/record.docx")
@guard(PUBLIC)
def record_docx(slug: str) -> Response:
    """The version in force for a case system; what is signed are the other two."""
    return as_file(_drawn(None).docx, WORD, f"valgprotokol-{slug}.docx")


@blueprint.get("/<slug>/record/<int:version>.<any(pdf,json,docx):form>")
@guard(PUBLIC)
def record_version(slug: str, version: int, form: str) -> Response:
    """One version, also where another took its place: both stay."""
    found = _drawn(version)
    content, kind = {"pdf": (found.pdf, PDF), "json": (found.content, _JSON), "docx": (found.docx, WORD)}[form]
    return as_file(content, kind, f"valgprotokol-{slug}-{version}.{form}")


@blueprint.get("/<slug>/signatures.json")
@guard(PUBLIC)
def signatures(slug: str) -> Response:
    """Who signed which version and how, with all that is needed to check a signature by a key (docs/verification.md).

    Why somebody cannot sign may be of her health: everybody reads who said it, and the board what.
    """
    election = current_election()
    with current_store().reading() as connection:
        told = [_signed(connection, election, one) for one in drawn_records.versions(connection, election)]
    if not told:
        abort(404)
    written = json.dumps({"election": election.urn_uuid, "versions": told}, ensure_ascii=False, indent=2)
    return as_file(f"{written}\n".encode(), _JSON, f"{slug}-signatures.json")


def _signed(connection: Connection, election: Election, version: Version) -> dict[str, object]:
    given = {one.staff_id: one for one in record_signatures.of_version(connection, election, version.version)}
    return {
        "version": version.version,
        "drawn_up_at": version.at.isoformat(),
        "reason": version.reason,
        "record_json_sha256": version.content_sha256,
        "record_pdf_sha256": version.pdf_sha256,
        "message": record_message(election.urn_uuid, version.version, version.content_sha256, version.pdf_sha256),
        "board": [
            {
                "name": signer.name,
                "office": signer.office,
                "key": signer.key,
                "way": None if (found := given.get(signer.staff_id)) is None else found.way.value,
                "at": None if found is None else found.at.isoformat(),
                "signature": json.loads(found.proof) if found is not None and found.way is Way.KEY else None,
                "said_by": json.loads(found.proof)["by"] if found is not None and found.way is Way.ABSENT else None,
            }
            for signer in version.signers
        ],
    }


def _drawn(version: int | None) -> Drawn:
    """A version by its number, or the one in force; 404 where there is none."""
    election = current_election()
    with current_store().reading() as connection:
        if version is None:
            found = drawn_records.newest(connection, election)
        else:
            found = drawn_records.of_version(connection, election, version)
    if found is None:
        abort(404)
    return found
