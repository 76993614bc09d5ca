"""A record has exactly one spelling."""

import pytest

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError


def test_strings_are_escaped_as_the_protocol_says():
    """Only quotes, backslashes and control characters, 0x7f among them, must be escaped."""
    value = 'æøå"\\/<\b\t\n\f\r\x01\x1f\x7f\x85\u2028😀'
    expected = 'æøå\\"\\\\/<\\b\\t\\n\\f\\r\\u0001\\u001f\\u007f\x85\u2028😀'
    assert canonical.write(value) == f'"{expected}"'.encode()
    assert canonical.read(canonical.write(value)) == value


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"a": 1}', "not_canonical"),
        (b'{"a":1}\n', "not_canonical"),
        (b'{"a":1,"a":1}', "not_canonical"),
        (b'"\\u0041"', "not_canonical"),
        (b'"\\/"', "not_canonical"),
        (b'"\x7f"', "not_canonical"),
        (b'"\\u00e6"', "not_canonical"),
        (b"-0", "not_canonical"),
        (b"1.0", "json"),
        (b"1e2", "json"),
        (b"NaN", "json"),
        (b"Infinity", "json"),
        (b"01", "json"),
        (b'"\\ud800"', "json"),
        (b'"\xff"', "json"),
        (b"\xef\xbb\xbf1", "json"),
        ('{"a":1}'.encode("utf-16"), "json"),
        (b"[" * 100_000, "json"),
        (b"[" * 100_000 + b"]" * 100_000, "json"),
        (b"[" * 900 + b"]" * 899, "json"),
        (b"9" * 5000, "json"),
        (b"", "json"),
        (b"1 2", "json"),
        (b"'a'", "json"),
    ],
)
def test_other_spellings_are_refused(raw, reason):
    """White space, escapes, fractions, other encodings and repeated members must be refused, never crash."""
    with pytest.raises(FormatError) as refusal:
        canonical.read(raw)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "value",
    [
        {"b": 1, "a": 1},
        {"a": 1},
        {"a": 1, "b": 1, "d": 1},
        {"a": 1, "b": None},
        {"a": 1, "c": 1, "b": 1},
        [1, 1],
        "ab",
        None,
    ],
)
def test_members_must_be_the_named_ones_in_their_order(value):
    """An object with a missing, unknown, misplaced or null member must be refused."""
    with pytest.raises(FormatError) as refusal:
        canonical.members(value, "a", "b", "c?")
    assert refusal.value.reason == "shape"


def test_optional_members_may_be_missing():
    """A member marked as optional must be given as None where it is missing."""
    assert canonical.members({"a": 1, "b": 2}, "a", "b", "c?") == (1, 2, None)
    assert canonical.members({"a": 1, "b": 2, "c": 3}, "a", "b", "c?") == (1, 2, 3)


@pytest.mark.parametrize("value", [True, False, -1, "1", None, [1]])
def test_truth_values_and_negatives_are_no_counts(value):
    """Only a whole number from 0 must count as one; true is not 1."""
    with pytest.raises(FormatError):
        canonical.count(value)
