"""Where poll cards are sent is known to the register alone: an address file is read for one print and then forgotten."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ballots.decoding import Undecodable, decode_extract
from candidates.cpr import Cpr, parse_cpr

MOST_LINES = 5
LONGEST_LINE = 60

_HEADINGS = frozenset({"cpr", "personnummer", "cpr-nummer", "cprnr"})


class BadAddressReason(StrEnum):
    """What is wrong with a row."""

    CPR = "cpr"
    """The first column holds no CPR number."""
    CPR_REPEATED = "cpr_repeated"
    NO_ADDRESS = "no_address"
    TOO_MANY_LINES = "too_many_lines"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    """Signs that cannot be printed, or quotes that are not closed."""


@dataclass(frozen=True, slots=True)
class BadAddress:
    """A row that cannot be taken: the line it begins on (from 1) and why; never what stands there."""

    line: int
    reason: BadAddressReason


@dataclass(frozen=True, slots=True)
class AddressFile:
    """The lines of each address by CPR number (ten digits). With any `bad_rows` nothing is to be printed from it."""

    addresses: Mapping[str, tuple[str, ...]] = field(repr=False)
    bad_rows: tuple[BadAddress, ...]


def read_addresses(data: bytes) -> AddressFile | Undecodable:
    """Read CSV with semicolons, `cpr;line 1;line 2;…`: UTF-8 or Windows-1252, with or without a line of headings.

    The lines are printed below the name as they stand; blank ones are left out. A row has 1 to 5 lines of at most 60
    characters. Every bad row is listed: a card that quietly went without its address would not be sent.
    """
    decoded = decode_extract(data)
    if isinstance(decoded, Undecodable):
        return decoded
    addresses: dict[str, tuple[str, ...]] = {}
    bad_rows: list[BadAddress] = []
    for line, cells in _rows(decoded.text):
        if line == 1 and cells and cells[0].casefold() in _HEADINGS:
            continue
        read = _read_row(cells, addresses)
        if isinstance(read, BadAddressReason):
            bad_rows.append(BadAddress(line, read))
        else:
            addresses[read[0]] = read[1]
    return AddressFile(addresses, tuple(bad_rows))


def _rows(text: str) -> Iterator[tuple[int, list[str] | None]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            continue
        if any(cells):
            yield line, cells


def _read_row(
    cells: Sequence[str] | None, known: Mapping[str, tuple[str, ...]]
) -> tuple[str, tuple[str, ...]] | BadAddressReason:
    if cells is None:
        return BadAddressReason.UNREADABLE
    number = _number(cells[0])
    if number is None:
        return BadAddressReason.CPR
    if number in known:
        return BadAddressReason.CPR_REPEATED
    lines = tuple(unicodedata.normalize("NFC", cell) for cell in cells[1:] if cell)
    return _fault(lines) or (number, lines)


def _number(cell: str) -> str | None:
    # A spreadsheet drops the first 0 of a number, and there is only one it can have been.
    cpr = parse_cpr(cell.zfill(10) if cell.isascii() and cell.isdigit() else cell)
    return cpr.number if isinstance(cpr, Cpr) else None


def _fault(lines: Sequence[str]) -> BadAddressReason | None:
    if not lines:
        return BadAddressReason.NO_ADDRESS
    if len(lines) > MOST_LINES:
        return BadAddressReason.TOO_MANY_LINES
    if any(len(line) > LONGEST_LINE for line in lines):
        return BadAddressReason.TOO_LONG
    return None if all(line.isprintable() for line in lines) else BadAddressReason.UNREADABLE
