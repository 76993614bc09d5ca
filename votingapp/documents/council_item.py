"""The item for the byråd (dagsordenspunkt) in the form of the town hall: the same words as DOCX, to be written on, and as PDF.

The headings are those of Køge's items (Indstilling, Baggrund og vurdering, Kommunikation, Økonomi, Sagens forløb, Beslutning,
Bilag). Who sits by whose choice stands in two tables that nobody types: they come from the seats as they are kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tally.council import CategoryLine, Place, SeatKind, lines_by_category
from votingapp.documents.directions import settled
from votingapp.documents.record import grouped
from votingapp.documents.typesetting import typeset
from votingapp.documents.word import Block, Heading, Points, Table, Text, write_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

VACANT = "Vakant"

SECTIONS = {
    "recommendation": "Indstilling",
    "background": "Baggrund og vurdering",
    "communication": "Kommunikation",
    "economy": "Økonomi",
    "history": "Sagens forløb",
    "decision": "Beslutning",
    "enclosures": "Bilag",
}
"""The sections by name, with their Danish headings, in the order of the item."""

_ABOVE_THE_TABLES = "background"
_BELOW_THE_HASH = "enclosures"
_NOTHING = "Intet at bemærke."
_UNSAID = {"decision": "Sagen er ikke behandlet endnu.", "enclosures": "Ingen."}
_FILLED = {
    SeatKind.ELECTED: "direkte valg, forbeholdt Byrådets godkendelse",
    SeatKind.APPOINTED: "udpeges af Byrådet",
    SeatKind.BYRAAD: "udpeges blandt Byrådets medlemmer",
}
_NUMBERED = re.compile(r"\d{1,3}[.)] +")
_BULLET = re.compile(r"[-–•] +")


@dataclass(frozen=True, slots=True)
class Item:
    """One version of the item.

    `sections` are texts by the names of SECTIONS: an empty line parts paragraphs, lines that begin with `1. ` or `- ` are
    points. `places` are the council's seats, `remarks` what is said of its size. `record` is the version of the record
    (valgprotokol) that it rests on and the SHA-256 of its PDF, None where it is not drawn up.
    """

    title: str
    municipality: str
    election: str
    rehearsal: bool
    dated: date
    version: int
    case_number: str
    kle: str
    sections: Mapping[str, str]
    places: tuple[Place, ...]
    remarks: tuple[str, ...] = ()
    record: tuple[int, str] | None = None


def to_json(item: Item) -> bytes:
    """What the item says, as canonical JSON."""
    said = asdict(item) | {"dated": item.dated.isoformat()}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def render_word(item: Item) -> bytes:
    """Write the item as DOCX; equal items give equal bytes."""
    author = f"{item.municipality} Kommune"
    return write_word(item.title, blocks(item), dated=item.dated, author=author, rehearsal=item.rehearsal)


def render_pdf(item: Item) -> bytes:
    """Set the item as PDF/A-3a and PDF/UA-1; equal items give equal bytes."""
    data = {
        "title": item.title,
        "municipality": item.municipality,
        "election": item.election,
        "rehearsal": item.rehearsal,
        "version": item.version,
        "blocks": [_plain(block) for block in blocks(item)],
    }
    return typeset("council_item", data, dated=item.dated)


def blocks(item: Item) -> tuple[Block, ...]:
    """The item below its title, part by part."""
    return tuple(_blocks(item))


def _blocks(item: Item) -> Iterator[Block]:
    yield Text(f"{item.municipality} Kommune\n{item.election}")
    numbers = [f"{name}: {said}" for name, said in (("Sagsnr.", item.case_number), ("KLE", item.kle)) if said]
    yield Text("\n".join([*numbers, f"Udgave {item.version}"]))
    for name, heading in SECTIONS.items():
        yield Heading(heading)
        yield from text_blocks(item.sections.get(name, "")) or (Text(_UNSAID.get(name, _NOTHING)),)
        if name == _ABOVE_THE_TABLES:
            yield from _composition(item)
        if name == _BELOW_THE_HASH and item.record is not None:
            version, sha256 = item.record
            yield Text(f"Valgprotokollens kontrolsum (udgave {version}, PDF, SHA-256): {grouped(sha256)}")


def _composition(item: Item) -> Iterator[Block]:
    if not item.places:
        return
    yield Heading("Rådets sammensætning", level=2)
    seats = tuple((str(one.number), _category(one), one.name or VACANT, _FILLED[one.kind]) for one in item.places)
    yield Table(
        "Hver plads og den, der foreslås", ("Plads", "Kategori", "Foreslået", "Besættes ved"), seats, frozenset({0})
    )
    lines = lines_by_category(item.places)
    total = CategoryLine("I alt", SeatKind.ELECTED, sum(one.seats for one in lines), sum(one.vacant for one in lines))
    counted = tuple((one.category, str(one.seats), str(one.vacant)) for one in (*lines, total))
    yield Table("Pladser i hver kategori", ("Kategori", "Pladser", "Vakante"), counted, frozenset({1, 2}))
    for remark in item.remarks:
        yield Text(remark)


def _category(place: Place) -> str:
    return f"{place.category}, {place.group}" if place.group else place.category


def text_blocks(text: str) -> tuple[Block, ...]:
    """Part what somebody typed into paragraphs and points; nothing typed gives nothing."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    parts: list[Block] = []
    for kind, group in groupby(lines, key=_kind_of):
        said = list(group)
        match kind:
            case "numbered":
                parts.append(Points(tuple(_NUMBERED.sub("", line, count=1) for line in said), numbered=True))
            case "bullet":
                parts.append(Points(tuple(_BULLET.sub("", line, count=1) for line in said)))
            case "text":
                parts.append(Text("\n".join(said)))
            case _:
                continue
    return tuple(parts)


def _kind_of(line: str) -> str:
    if not line:
        return "empty"
    if _NUMBERED.match(line):
        return "numbered"
    return "bullet" if _BULLET.match(line) else "text"


def _plain(block: Block) -> dict[str, Any]:
    """A block as the typesetter's template reads it."""
    match block:
        case Heading():
            return {"kind": "heading", "text": settled(block.text), "level": block.level}
        case Text():
            return {"kind": "text", "lines": [settled(line) for line in block.text.split("\n")]}
        case Points():
            return {"kind": "numbered" if block.numbered else "points", "items": [settled(one) for one in block.items]}
        case Table():
            return {
                "kind": "table",
                "caption": settled(block.caption),
                "head": block.head,
                "rows": [[settled(cell) for cell in row] for row in block.rows],
                "figures": sorted(block.figures),
            }
