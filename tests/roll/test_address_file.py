"""An address file is read whole or refused by line, and what stands in it is shown to nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.address_file import AddressFile, BadAddress, BadAddressReason, read_addresses
from ballots.decoding import Undecodable

AASE, BENT = "0101801234", "0202802222"
GOOD = f"{AASE};Torvet 1, 2. th.;4600 Køge\n{BENT};c/o Bo;Ølbyvej 3;4600 Køge\n"


def reasons(text: str) -> list[tuple[int, BadAddressReason]]:
    read = read_addresses(text.encode())
    assert isinstance(read, AddressFile)
    return [(bad.line, bad.reason) for bad in read.bad_rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize("heading", ["", "cpr;adresse;by\r\n", "Personnummer;Linje 1\n"])
def test_lines_are_read_as_they_stand(encoding, heading):
    """Both encodings give the same letters, with and without headings."""
    read = read_addresses((heading + GOOD).encode(encoding))
    assert read == AddressFile(
        {AASE: ("Torvet 1, 2. th.", "4600 Køge"), BENT: ("c/o Bo", "Ølbyvej 3", "4600 Køge")}, ()
    )


def test_a_number_whose_zero_a_spreadsheet_dropped_is_known():
    """Nine digits are the number of somebody born before the tenth; hyphens are passed over."""
    read = read_addresses(b"101801234;Torvet 1;4600 Koege\n020280-2222;Torvet 2;4600 Koege;;;\n")
    assert set(read.addresses) == {AASE, BENT}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9999999999;Torvet 1", BadAddressReason.CPR),
        ("Torvet 1;4600 Køge", BadAddressReason.CPR),
        ("6101801234;Torvet 1", BadAddressReason.CPR),
        (f"{AASE};Torvet 2", BadAddressReason.CPR_REPEATED),
        (BENT, BadAddressReason.NO_ADDRESS),
        (f"{BENT};;;", BadAddressReason.NO_ADDRESS),
        (f"{BENT};1;2;3;4;5;6", BadAddressReason.TOO_MANY_LINES),
        (f"{BENT};{'x' * 61}", BadAddressReason.TOO_LONG),
        (f"{BENT};Torvet\u200e1", BadAddressReason.UNREADABLE),
        (f'{BENT};"Torvet', BadAddressReason.UNREADABLE),
    ],
)
def test_a_bad_row_is_named_by_its_line(row, reason):
    """Each fault is told with the line it stands on, so that the clerk can mend it."""
    assert reasons(f"{AASE};Torvet 1\n\n{row}\n") == [(3, reason)]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04\x00\x00", "cpr;x".encode("utf-16")])
def test_what_is_no_text_is_refused(data):
    """A spreadsheet or nothing at all is told apart from a file with faults."""
    assert isinstance(read_addresses(data), Undecodable)


def test_nothing_of_a_file_is_shown_in_an_error():
    """The text form that a log would carry has neither numbers nor addresses."""
    shown = repr(read_addresses(GOOD.encode()))
    assert AASE not in shown
    assert "Torvet" not in shown


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    """Whatever is handed in, the answer is addresses, faults by line or a refusal."""
    read = read_addresses(data)
    assert isinstance(read, AddressFile | Undecodable)
    if isinstance(read, AddressFile):
        assert all(isinstance(bad, BadAddress) for bad in read.bad_rows)
