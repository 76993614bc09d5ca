"""The register extract (folkeregisterudtræk) says who lives in the municipality; it is taken whole or not at all."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from ballots.decoding import Decoded, Encoding, Undecodable, decode_extract
from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.letters import DANISH_LETTERS, plain

COLUMNS = ("personnummer", "navn", "kommunekode", "beskyttet")
LONGEST_NAME = 100

_MUNICIPALITY_CODE = re.compile("[0-9]{3,4}")
_FLAGS: Mapping[str, bool] = MappingProxyType({"ja": True, "nej": False})


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the extract.

    `municipality_code` has four digits; `name` may be empty where `protected` (navne- og adressebeskyttelse).
    The text form shows neither name nor number.
    """

    cpr: Cpr
    name: str = field(repr=False)
    municipality_code: str
    protected: bool

    @property
    def birth_date(self) -> date:
        """The birth date that the CPR number holds."""
        return self.cpr.birth_date


class Unusable(StrEnum):
    """Why no row of a file is read, beside the reasons of `ballots.decoding.Undecodable`."""

    WRONG_HEADER = "wrong_header"
    """The first line does not name exactly the four columns, each once."""
    NO_PERSONS = "no_persons"


class BadRowReason(StrEnum):
    """What is wrong with a row."""

    WRONG_NUMBER_OF_COLUMNS = "wrong_number_of_columns"
    BROKEN_QUOTES = "broken_quotes"
    CPR_MALFORMED = "cpr_malformed"
    CPR_IMPOSSIBLE_DATE = "cpr_impossible_date"
    CPR_REPLACEMENT_NUMBER = "cpr_replacement_number"
    CPR_REPEATED = "cpr_repeated"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_UNREADABLE = "name_unreadable"
    MUNICIPALITY_CODE = "municipality_code"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken: the line it begins on (from 1), why, and the column; never what stands there.

    `other_line` is the line of the first row with the same number, for CPR_REPEATED.
    """

    line: int
    reason: BadRowReason
    column: str = ""
    other_line: int | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read. With any `bad_rows` nothing is to be imported; `persons` then serve the preview only."""

    encoding: Encoding
    persons: tuple[Person, ...]
    bad_rows: tuple[BadRow, ...]


_CPR_REASONS: Mapping[CprRefusal, BadRowReason] = MappingProxyType(
    {
        CprRefusal.MALFORMED: BadRowReason.CPR_MALFORMED,
        CprRefusal.IMPOSSIBLE_DATE: BadRowReason.CPR_IMPOSSIBLE_DATE,
        CprRefusal.REPLACEMENT_NUMBER: BadRowReason.CPR_REPLACEMENT_NUMBER,
    }
)

Row = tuple[int, list[str] | None]


def read_extract(data: bytes) -> Extract | Undecodable | Unusable:
    """Read an extract: CSV with semicolons and the header `personnummer;navn;kommunekode;beskyttet`.

    The columns may come in any order, fields in double quotes, lines with CRLF, LF or CR; blank lines and
    semicolons at the end of lines are passed over. `beskyttet` is `ja` or `nej`, `kommunekode` three or four
    digits (a spreadsheet drops the first 0). Every bad row is listed, with one reason each.
    """
    decoded = decode_extract(data)
    if isinstance(decoded, Undecodable):
        return decoded
    rows = _rows(decoded.text)
    columns = _read_header(next(rows, (0, None))[1])
    if columns is None:
        return Unusable.WRONG_HEADER
    return _read_rows(decoded, columns, rows)


def fold_name(name: str) -> str:
    """Return the key under which a name is looked up: lower case, single spaces, no diacritics but æ, ø and å."""
    return " ".join(plain(name, keep=DANISH_LETTERS).split())


def _rows(text: str) -> Iterator[Row]:
    """Yield each row that is not blank with the line it begins on; None in place of fields for broken quotes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = [value.strip() for value in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            continue
        if any(fields):
            yield line, fields


def _read_header(fields: list[str] | None) -> list[str] | None:
    """Return the column names in the file's order, None unless they are exactly the four."""
    names = _without_trailing_blanks(fields or [], 0)
    return names if sorted(names) == sorted(COLUMNS) else None


def _read_rows(decoded: Decoded, columns: Sequence[str], rows: Iterator[Row]) -> Extract | Unusable:
    persons: list[Person] = []
    bad_rows: list[BadRow] = []
    first_line: dict[str, int] = {}
    for line, fields in rows:
        person = _read_row(line, columns, fields)
        if isinstance(person, Person):
            seen = first_line.setdefault(person.cpr.number, line)
            if seen == line:
                persons.append(person)
                continue
            person = BadRow(line, BadRowReason.CPR_REPEATED, "personnummer", other_line=seen)
        bad_rows.append(person)
    if not persons and not bad_rows:
        return Unusable.NO_PERSONS
    return Extract(decoded.encoding, tuple(persons), tuple(bad_rows))


def _read_row(line: int, columns: Sequence[str], fields: list[str] | None) -> Person | BadRow:
    if fields is None:
        return BadRow(line, BadRowReason.BROKEN_QUOTES)
    values = _without_trailing_blanks(fields, len(columns))
    if len(values) != len(columns):
        return BadRow(line, BadRowReason.WRONG_NUMBER_OF_COLUMNS)
    return _read_person(line, dict(zip(columns, values, strict=True)))


def _read_person(line: int, row: dict[str, str]) -> Person | BadRow:
    cpr = parse_cpr(row["personnummer"])
    if isinstance(cpr, CprRefusal):
        return BadRow(line, _CPR_REASONS[cpr], "personnummer")
    if not _MUNICIPALITY_CODE.fullmatch(row["kommunekode"]):
        return BadRow(line, BadRowReason.MUNICIPALITY_CODE, "kommunekode")
    protected = _FLAGS.get(row["beskyttet"].casefold())
    if protected is None:
        return BadRow(line, BadRowReason.FLAG, "beskyttet")
    name = unicodedata.normalize("NFC", " ".join(row["navn"].split()))
    fault = _name_fault(name, protected=protected)
    if fault:
        return BadRow(line, fault, "navn")
    return Person(cpr, name, row["kommunekode"].zfill(4), protected)


def _name_fault(name: str, *, protected: bool) -> BadRowReason | None:
    """A protected name may be left out of the extract; the person is then found by number alone."""
    if not name:
        return None if protected else BadRowReason.NAME_MISSING
    if max(len(name), len(fold_name(name))) > LONGEST_NAME:
        return BadRowReason.NAME_TOO_LONG
    return None if name.isprintable() else BadRowReason.NAME_UNREADABLE


def _without_trailing_blanks(fields: Sequence[str], width: int) -> list[str]:
    """Drop blank fields at the end, but none within the width."""
    end = len(fields)
    while end > width and not fields[end - 1]:
        end -= 1
    return list(fields[:end])
