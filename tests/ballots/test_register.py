"""A register extract is read whole and strictly, and what is wrong with it is named by line."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ballots.decoding import Undecodable
from ballots.register import BadRow, BadRowReason, Extract, Person, Unusable, fold_name, read_extract
from candidates.cpr import parse_cpr

HEADER = "personnummer;navn;kommunekode;beskyttet"
GOOD = "1012620001;Søren Ærø Åkjær;0259;nej"
GOOD_PERSON = Person(parse_cpr("1012620001"), "Søren Ærø Åkjær", "0259", protected=False)


def extract(*lines, encoding="utf-8", end="\r\n"):
    return read_extract("".join(line + end for line in (HEADER, *lines)).encode(encoding))


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "windows-1252")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_danish_letters_survive_every_encoding(encoding, named, end):
    """Æ, ø and å come out as they went in, from UTF-8 with and without mark and from Windows-1252."""
    assert extract(GOOD, encoding=encoding, end=end) == Extract(named, (GOOD_PERSON,), ())


def test_plain_letters_are_utf_8():
    """A file without any Danish letter is UTF-8, and a mark of its own is no part of the header."""
    assert extract("1012620001;Bo Holm;0259;nej").encoding == "utf-8"
    assert extract("1012620001;Bo Holm;0259;nej", encoding="utf-8-sig").bad_rows == ()


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_bytes_without_meaning_are_refused(byte):
    """The five bytes that Windows-1252 leaves undefined are not guessed at."""
    data = f"{HEADER}\n1012620001;S\xf8ren B\xe6k;0259;nej\n".encode("cp1252")
    assert isinstance(read_extract(data), Extract)
    assert read_extract(data.replace(b"\xf8", bytes([byte]))) is Undecodable.UNDEFINED_BYTES


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding):
    """A file saved as UTF-16, with or without mark, is refused with a reason that says how to save it."""
    assert extract(GOOD, encoding=encoding) is Undecodable.UTF_16


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x14\x00\x06\x00\x08\x00", b"%PDF-1.7\n\x00\x01\x02", bytes(range(256)), b"\x00"]
)
def test_files_that_are_no_text_are_named(data):
    """A spreadsheet, a PDF or other binary is refused as such."""
    assert read_extract(data) is Undecodable.BINARY


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_named(data):
    """A file without content is refused as empty, mark or no mark."""
    assert read_extract(data) is Undecodable.EMPTY


def test_mixed_encodings_are_not_read_as_windows_1252():
    """One Windows-1252 letter in a UTF-8 file, or a file cut inside a letter, is refused, not garbled."""
    data = f"{HEADER}\n{GOOD}\n".encode()
    assert read_extract(data + b"1012620002;J\xf8rgen;0259;nej\n") is Undecodable.BROKEN_UTF_8
    assert read_extract(data + "1012620002;Jø".encode()[:-1]) is Undecodable.BROKEN_UTF_8
    assert read_extract(b"\xef\xbb\xbf" + f"{HEADER}\n{GOOD}".encode("cp1252")) is Undecodable.BROKEN_UTF_8


@pytest.mark.parametrize(
    "header",
    [
        "personnummer;navn;kommunekode",
        f"{HEADER};adresse",
        "personnummer;navn;kommunekode;navn",
        "personnummer,navn,kommunekode,beskyttet",
        "cpr;navn;kommunekode;beskyttet",
        f"{HEADER};{HEADER}",
        "Personnummer;Navn;Kommunekode;Beskyttet",
        GOOD,
        '"personnummer;navn',
        ";" + HEADER,
    ],
)
def test_the_header_names_exactly_the_four_columns(header):
    """A missing, extra, repeated or misspelt column refuses the file, since columns are never guessed."""
    assert read_extract(f"{header}\n{GOOD}\n".encode()) is Unusable.WRONG_HEADER


@pytest.mark.parametrize(
    "header",
    [
        f"{HEADER};",
        f"{HEADER};;;",
        '"personnummer";"navn";"kommunekode";"beskyttet"',
        f" {HEADER} ",
        f"\r\n;;;\r\n{HEADER}",
    ],
)
def test_the_header_may_be_quoted_and_end_in_semicolons(header):
    """Quotes, blanks, blank lines before it and semicolons after it leave a header what it is."""
    assert read_extract(f"{header}\r\n{GOOD}\r\n".encode()) == Extract("utf-8", (GOOD_PERSON,), ())


@given(st.permutations(["personnummer", "navn", "kommunekode", "beskyttet"]))
def test_columns_come_in_any_order(columns):
    """Values go by the name of their column, not by its place."""
    values = dict(zip(HEADER.split(";"), GOOD.split(";"), strict=True))
    text = f"{';'.join(columns)}\n{';'.join(values[column] for column in columns)}\n"
    assert read_extract(text.encode()) == Extract("utf-8", (GOOD_PERSON,), ())


def test_an_extract_without_persons_is_named():
    """A header alone is no extract that could be imported."""
    assert extract() is Unusable.NO_PERSONS
    assert extract("", ";;;") is Unusable.NO_PERSONS


@pytest.mark.parametrize(
    ("row", "reason", "column"),
    [
        ("101262000;Bo;0259;nej", BadRowReason.CPR_MALFORMED, "personnummer"),
        (";Bo;0259;nej", BadRowReason.CPR_MALFORMED, "personnummer"),
        ("3102620001;Bo;0259;nej", BadRowReason.CPR_IMPOSSIBLE_DATE, "personnummer"),
        ("7012620001;Bo;0259;nej", BadRowReason.CPR_REPLACEMENT_NUMBER, "personnummer"),
        ("1012620002;;0259;nej", BadRowReason.NAME_MISSING, "navn"),
        ("1012620002; ;0259;nej", BadRowReason.NAME_MISSING, "navn"),
        (f"1012620002;{'å' * 101};0259;nej", BadRowReason.NAME_TOO_LONG, "navn"),
        (f"1012620002;{'ß' * 51};0259;nej", BadRowReason.NAME_TOO_LONG, "navn"),
        ("1012620002;Bo\u202eHolm;0259;nej", BadRowReason.NAME_UNREADABLE, "navn"),
        ("1012620002;Bo;25;nej", BadRowReason.MUNICIPALITY_CODE, "kommunekode"),
        ("1012620002;Bo;02590;nej", BadRowReason.MUNICIPALITY_CODE, "kommunekode"),
        ("1012620002;Bo;Køge;nej", BadRowReason.MUNICIPALITY_CODE, "kommunekode"),
        ("1012620002;Bo;٠٢٥٩;nej", BadRowReason.MUNICIPALITY_CODE, "kommunekode"),
        ("1012620002;Bo;;nej", BadRowReason.MUNICIPALITY_CODE, "kommunekode"),
        ("1012620002;Bo;0259;", BadRowReason.FLAG, "beskyttet"),
        ("1012620002;Bo;0259;yes", BadRowReason.FLAG, "beskyttet"),
        ("1012620002;Bo;0259", BadRowReason.WRONG_NUMBER_OF_COLUMNS, ""),
        ("1012620002;Bo;0259;nej;x", BadRowReason.WRONG_NUMBER_OF_COLUMNS, ""),
        ("1012620002", BadRowReason.WRONG_NUMBER_OF_COLUMNS, ""),
        ('1012620002;"Bo"x;0259;nej', BadRowReason.BROKEN_QUOTES, ""),
    ],
)
def test_every_bad_row_is_named_by_line_and_reason(row, reason, column):
    """A bad row between two good ones is listed with its line, reason and column, and the others are read."""
    result = extract(GOOD, row, "1012620003;Bo Holm;0259;ja")
    assert result.bad_rows == (BadRow(3, reason, column),)
    assert [person.cpr.number for person in result.persons] == ["1012620001", "1012620003"]


def test_a_repeated_number_is_named_with_the_line_it_repeats():
    """Every row after the first with the same number is bad, however the number is written."""
    result = extract(GOOD, "1012620002;Bo;0259;nej", "101262-0001;Søren;0259;nej", "101262 0001;S;0259;ja")
    assert result.bad_rows == (
        BadRow(4, BadRowReason.CPR_REPEATED, "personnummer", other_line=2),
        BadRow(5, BadRowReason.CPR_REPEATED, "personnummer", other_line=2),
    )
    assert len(result.persons) == 2


def test_two_people_of_one_name_are_two():
    """Equal names with different numbers are different people."""
    assert len(extract(GOOD, GOOD.replace("0001;", "0002;")).persons) == 2


def test_quoted_fields_may_hold_anything():
    """Semicolons, quotes and line breaks inside quotes belong to the name, and lines are still counted right."""
    result = extract('1012620001;"Bo ""Bobby""; Holm\r\njunior";0259;nej', '"1012620002";"Bo";"0259";"ja"', "x;y;z;w")
    assert [person.name for person in result.persons] == ['Bo "Bobby"; Holm junior', "Bo"]
    assert result.bad_rows == (BadRow(5, BadRowReason.CPR_MALFORMED, "personnummer"),)


def test_quotes_inside_a_plain_field_are_kept():
    """A nickname in quotes needs no quoting of the whole field."""
    assert extract('1012620001;Bo "Bobby" Holm;0259;nej').persons[0].name == 'Bo "Bobby" Holm'


@pytest.mark.parametrize("rows", [1, 6000])
def test_a_quote_left_open_is_named_where_it_opens(rows):
    """A quote that is never closed is told with its own line, and no row it swallowed counts as read."""
    result = extract('1012620001;"Bo;0259;nej', *["1012620002;Bo;0259;nej"] * rows)
    assert result.bad_rows[0] == BadRow(2, BadRowReason.BROKEN_QUOTES)


def test_blank_lines_and_semicolons_at_the_end_are_passed_over():
    """What spreadsheets leave behind is no row, and does not shift the line numbers."""
    result = extract("", f"{GOOD};;;", ";;;;;", "   ", "x;Bo;0259;nej;", "")
    assert result.persons == (GOOD_PERSON,)
    assert result.bad_rows == (BadRow(6, BadRowReason.CPR_MALFORMED, "personnummer"),)


def test_a_last_line_without_its_end_is_read():
    """A file need not end with a line break."""
    assert read_extract(f"{HEADER}\n{GOOD}".encode()).persons == (GOOD_PERSON,)


@pytest.mark.parametrize(("code", "read"), [("0259", "0259"), ("259", "0259"), (" 259 ", "0259"), ("0101", "0101")])
def test_a_dropped_first_zero_of_the_municipality_comes_back(code, read):
    """A spreadsheet's 259 is 0259."""
    assert extract(f"1012620001;Bo;{code};nej").persons[0].municipality_code == read


@pytest.mark.parametrize(("flag", "protected"), [("ja", True), ("nej", False), ("JA", True), (" Nej ", False)])
def test_protection_is_yes_or_no(flag, protected):
    """The flag is ja or nej in either case."""
    assert extract(f"1012620001;Bo;0259;{flag}").persons[0].protected is protected


def test_a_protected_name_may_be_left_out():
    """A protected person without a name is read, and is found by number alone."""
    person = extract("1012620001;;0259;ja").persons[0]
    assert (person.name, person.protected, person.birth_date) == ("", True, date(1962, 12, 10))


def test_nothing_echoes_a_number_or_name():
    """Neither bad rows nor persons show a CPR number or a name when they are printed."""
    result = extract(GOOD, GOOD, "1012629999x;Hemmelig;0259;nej")
    for secret in ("0001", "1012629999", "Hemmelig", "Søren"):
        assert secret not in repr(result)


NAMES = st.text("abzABZæøåÆØÅéüñßÃÕ -'.;\"", min_size=1, max_size=40)


@given(
    st.lists(
        st.tuples(NAMES, st.integers(0, 3999), st.booleans()), min_size=1, max_size=8, unique_by=lambda row: row[1]
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_written_is_read(rows, encoding, end, quoting):
    """Every extract written by another program's CSV comes back person by person."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator=end, quoting=quoting)
    writer.writerow(HEADER.split(";"))
    for name, serial, protected in rows:
        writer.writerow([f"101262{serial:04d}", f"A{name}", "0259", "ja" if protected else "nej"])
    result = read_extract(out.getvalue().encode(encoding))
    assert result.bad_rows == ()
    assert [(person.name, person.cpr.number, person.protected) for person in result.persons] == [
        (" ".join(f"A{name}".split()), f"101262{serial:04d}", protected) for name, serial, protected in rows
    ]


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"{HEADER}\n{text}".encode("utf-8", "replace")))
@example(b"\xef\xbb\xbf\xff")
@example(f'{HEADER}\n"'.encode())
def test_any_bytes_get_an_answer(data):
    """No file whatever raises: it is refused with a reason, or each of its rows is good or bad."""
    result = read_extract(data)
    if isinstance(result, Extract):
        lines = [row.line for row in result.bad_rows]
        assert lines == sorted(set(lines))
        assert result.persons or result.bad_rows
    else:
        assert isinstance(result, Undecodable | Unusable)


def test_a_large_extract_is_read_whole():
    """Twenty thousand rows come out as twenty thousand persons."""
    rows = [
        f"{day:02d}{month:02d}62{serial:04d};Åse Holm;0259;nej"
        for day in range(1, 26)
        for month in range(1, 11)
        for serial in range(80)
    ]
    result = extract(*rows)
    assert len(result.persons) == 20_000
    assert result.bad_rows == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("  Søren   ÆRØ\u00a0Åkjær ", "søren ærø åkjær"),
        ("A\u030ase", "åse"),
        ("José Müller", "jose muller"),
        ("Groß", "gross"),
        ("Ali\u200dKhan", "alikhan"),
        ("İpek", "ipek"),
        ("", ""),
    ],
)
def test_look_up_keys(name, key):
    """Case, spacing and foreign accents do not hinder a look-up, and æ, ø and å are letters of their own."""
    assert fold_name(name) == key


def test_look_up_keys_keep_danish_letters_apart():
    """Bo is not Bø, and Ase is not Åse."""
    assert fold_name("Bo") != fold_name("Bø")
    assert fold_name("Ase") != fold_name("Åse")
    assert fold_name("Aerø") != fold_name("Ærø")


@given(st.text())
def test_a_key_is_its_own_key(name):
    """Folding a key again changes nothing, so stored keys and typed names meet."""
    assert fold_name(fold_name(name)) == fold_name(name)
