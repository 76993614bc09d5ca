"""A poll card leads to one line of the roll, and no text that is not a card of the house leads to any."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.poll_card import PollCard, is_same_card, poll_card_for, read_poll_card

_KEY = b"k" * 32
_CODE_SIGNS = string.ascii_uppercase + "234567"

_numbers = st.integers(min_value=1, max_value=999_999_999)
_persons = st.text(min_size=1, max_size=64)
_keys = st.binary(min_size=32, max_size=32)


@given(_keys, _numbers, _persons)
def test_what_is_printed_is_read_back(key: bytes, number: int, person: str) -> None:
    """The text in the QR code is read as the card it was made from, and made again it is the same."""
    card = poll_card_for(key, number, person)
    assert read_poll_card(card.text) == card
    assert is_same_card(card, poll_card_for(key, number, person))


@given(_numbers, _persons)
def test_the_text_needs_no_large_code(number: int, person: str) -> None:
    """Capitals, digits and full stops alone: the dense mode of a QR code, and the same keys on every Danish keyboard."""
    text = poll_card_for(_KEY, number, person).text
    assert re.fullmatch(rf"VK1\.{number}\.[A-Z2-7]{{16}}", text)


@given(_numbers, _numbers, _persons, _persons)
def test_a_card_of_somebody_else_is_another_card(number: int, other: int, person: str, somebody: str) -> None:
    """Another number or another person is another card, also where one person's number has become another's."""
    card = poll_card_for(_KEY, number, person)
    if other != number:
        moved = poll_card_for(_KEY, other, person)
        assert not is_same_card(moved, card)
        assert moved.code != card.code
    if somebody != person:
        assert not is_same_card(poll_card_for(_KEY, number, somebody), card)


@given(_keys, _keys, _numbers, _persons)
def test_a_card_of_another_election_is_another_card(key: bytes, other: bytes, number: int, person: str) -> None:
    """Each election has a key of its own, and so cards of its own."""
    if key != other:
        assert not is_same_card(poll_card_for(other, number, person), poll_card_for(key, number, person))


@given(_numbers, _persons, st.data())
def test_a_truncated_card_is_no_card(number: int, person: str, data: st.DataObject) -> None:
    """A text that lacks its beginning or its end is not read, or is not the card."""
    card = poll_card_for(_KEY, number, person)
    cut = data.draw(st.integers(min_value=1, max_value=len(card.text) - 1))
    for part in (card.text[:cut], card.text[cut:]):
        read = read_poll_card(part)
        assert read is None or not is_same_card(read, card)


@given(_numbers, _persons, st.integers(min_value=0), st.sampled_from(_CODE_SIGNS + string.digits))
def test_an_altered_sign_is_refused(number: int, person: str, place: int, sign: str) -> None:
    """A card in which one sign is another one is not read, or is not the card."""
    card = poll_card_for(_KEY, number, person)
    at = place % len(card.text)
    looks_like = {"0": "O", "1": "I", "8": "B"}
    if looks_like.get(sign, sign) == looks_like.get(card.text[at], card.text[at]):
        return
    read = read_poll_card(card.text[:at] + sign + card.text[at + 1 :])
    assert read is None or not is_same_card(read, card)


@pytest.mark.parametrize(
    "written",
    [
        "VK1.17.{code}",
        "vk1.17.{lower}",
        "  VK1.17.{code}\r\n",
        "VK1.17.{first} {second}",
        "VK1 . 17 . {first}\t{second}",
        "vk1,17,{lower}",
        "VK1:17:{code}",
        "VK1.0017.{code}",
        "]Q1VK1.17.{code}",
        "]q1vk1.17.{lower}",
        "\x02VK1.17.{code}\x03",
        "\ufeffVK1.17.{code}",
    ],
)
def test_scanners_and_hands_are_forgiven(written: str) -> None:
    """Case, blanks, a comma for a full stop, and what scanners put around a text make no other card of it."""
    card = poll_card_for(_KEY, 17, "somebody")
    code = card.code
    text = written.format(code=code, lower=code.lower(), first=code[:8], second=code[8:])
    assert read_poll_card(text) == card


def test_what_looks_like_a_letter_is_that_letter() -> None:
    """The codes have no 0, 1 and 8, so that whoever types them has meant O, I and B."""
    assert read_poll_card("VKI.3.0182345677ABCDEF") == PollCard(3, "OIB2345677ABCDEF")


@pytest.mark.parametrize(
    "scanned",
    [
        "",
        " ",
        "VK1",
        "VK1..ABCDEFGHIJKLMNOP",
        "VK1.0.ABCDEFGHIJKLMNOP",
        "VK1.-1.ABCDEFGHIJKLMNOP",
        "VK2.1.ABCDEFGHIJKLMNOP",
        "VK1.1.ABCDEFGHIJKLMNO",
        "VK1.1.ABCDEFGHIJKLMNOPQ",
        "VK1.1.ÆBCDEFGHIJKLMNOP",
        "VK1.١.ABCDEFGHIJKLMNOP",
        "VK1.1234567890.ABCDEFGHIJKLMNOP",
        "0101804321",
        "010180-4321",
        "https://valg.example/VK1.1.ABCDEFGHIJKLMNOP",
        "A1B2C-D3E4F5-G6H7J-K8L9M1",
    ],
)
def test_other_texts_are_no_cards(scanned: str) -> None:
    """A health card's bar code, a slip, an address or half a card is not read as a poll card."""
    assert read_poll_card(scanned) is None


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(scanned: str) -> None:
    """Whatever a scanner sends, the answer is a card in its plain form or none, and never an error."""
    read = read_poll_card(scanned)
    assert read is None or read_poll_card(read.text) == read


def test_numbers_count_from_one() -> None:
    """No card is made for a person without a number."""
    with pytest.raises(ValueError, match="from 1"):
        poll_card_for(_KEY, 0, "somebody")


def test_a_card_does_not_show_its_code_in_an_error() -> None:
    """The text form that logs and tracebacks carry leaves the code out."""
    card = poll_card_for(_KEY, 17, "somebody")
    assert card.code not in repr(card)
