"""Points and scalars have one spelling, and only the prime-order subgroup is let in."""

import pytest
from small_elections import seeded

from ballots.protocol import group
from ballots.protocol.errors import FormatError

SMALL_ORDER = {
    "order 2": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 4": "0000000000000000000000000000000000000000000000000000000000000000",
    "order 4, negative": "0000000000000000000000000000000000000000000000000000000000000080",
    "order 8": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "order 8, negative": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "order 8, other": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "order 8, other, negative": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
}
NOT_CANONICAL = {
    "identity with sign": "0100000000000000000000000000000000000000000000000000000000000080",
    "y = p + 1, the identity again": "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "y = p + 1 with sign": "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "y = p": "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "y = p - 1 with sign": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "y = p + 9, the y of a point off or on the curve": "f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}


def spelling(encoding: str) -> str:
    return bytes.fromhex(encoding)[::-1].hex()


def test_the_base_point_and_the_identity_print_as_the_protocol_says():
    """The text of a point must be its reversed encoding in hexadecimal."""
    assert group.format_point(group.GENERATOR) == "66" * 31 + "58"
    assert group.format_point(group.IDENTITY) == "00" * 31 + "01"
    assert group.multiply_generator(group.scalar(1)) == group.GENERATOR


@pytest.mark.parametrize("encoding", SMALL_ORDER.values(), ids=SMALL_ORDER)
def test_points_of_small_order_are_refused(encoding):
    """A point of order 2, 4 or 8 must be let in nowhere, not even where a sum is read."""
    for parse in (group.parse_point, group.parse_sum):
        with pytest.raises(FormatError) as refusal:
            parse(spelling(encoding))
        assert refusal.value.reason == "point"


@pytest.mark.parametrize("encoding", NOT_CANONICAL.values(), ids=NOT_CANONICAL)
def test_encodings_that_are_not_canonical_are_refused(encoding):
    """A second encoding of a point must be refused, that of the identity included."""
    for parse in (group.parse_point, group.parse_sum):
        with pytest.raises(FormatError) as refusal:
            parse(spelling(encoding))
        assert refusal.value.reason == "point"


@pytest.mark.parametrize("encoding", SMALL_ORDER.values(), ids=SMALL_ORDER)
def test_a_good_point_with_a_small_order_part_is_refused(encoding):
    """A point outside the prime-order subgroup must be refused though it lies on the curve."""
    good = group.multiply_generator(group.random_scalar(seeded("mixed")))
    mixed = group.add(good, group.Point(bytes.fromhex(encoding)))
    assert group.parse_point(group.format_point(good)) == good
    with pytest.raises(FormatError):
        group.parse_point(group.format_point(mixed))


@pytest.mark.parametrize("encoding", SMALL_ORDER.values(), ids=SMALL_ORDER)
@pytest.mark.parametrize("number", [1, 8, 64, group.ORDER - 8])
def test_nothing_outside_the_group_is_multiplied(encoding, number):
    """Nor by a multiple of eight, in which a part of small order would vanish: a ballot's points are judged in this way."""
    small = group.Point(bytes.fromhex(encoding))
    good = group.multiply_generator(group.random_scalar(seeded("mixed")))
    for point in {group.add(good, small), small} - {group.IDENTITY}:
        with pytest.raises(FormatError) as refusal:
            group.multiply(group.scalar(number), point)
        assert refusal.value.reason == "point"


@pytest.mark.parametrize("encoding", NOT_CANONICAL.values(), ids=NOT_CANONICAL)
def test_no_second_spelling_is_multiplied(encoding):
    """Not even that of a point that is one of the group."""
    with pytest.raises(FormatError):
        group.multiply(group.scalar(8), group.read_point(spelling(encoding)))


def test_what_lies_off_the_curve_is_not_reckoned_with():
    """Neither a sum nor a difference nor a multiple is given."""
    off = group.read_point("00" * 31 + "02")
    for reckon in (group.add, group.subtract):
        with pytest.raises(FormatError):
            reckon(group.GENERATOR, off)
    with pytest.raises(FormatError):
        group.multiply(group.scalar(3), off)


def test_the_identity_is_a_sum_but_no_point():
    """The identity must be refused where a point is read, and let in where a sum is read."""
    text = group.format_point(group.IDENTITY)
    with pytest.raises(FormatError) as refusal:
        group.parse_point(text)
    assert refusal.value.reason == "identity"
    assert group.parse_sum(text) == group.IDENTITY


@pytest.mark.parametrize(
    "text",
    [
        "66" * 31 + "5",
        "66" * 32 + "58",
        "6" * 63 + "g",
        ("AB" * 32),
        " " + "66" * 31 + "58",
        "66" * 31 + "58\n",
        "６" * 64,
        "",
        None,
        7,
        ["66" * 31 + "58"],
        "00" * 31 + "02",
    ],
)
def test_other_spellings_of_points_are_refused(text):
    """Anything but 64 lower-case hexadecimal digits of a point must be refused."""
    with pytest.raises(FormatError):
        group.parse_point(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00",
        "01",
        "-1",
        "+1",
        " 1",
        "1\n",
        "1_0",
        "0x1",
        "1e3",
        "１",
        str(group.ORDER),
        "9" * 76,
        "1" * 5000,
        1,
        None,
    ],
)
def test_other_spellings_of_scalars_are_refused(text):
    """Anything but a decimal number from 0 to below the group order, without leading zeros, must be refused."""
    with pytest.raises(FormatError) as refusal:
        group.parse_scalar(text)
    assert refusal.value.reason == "scalar"


@pytest.mark.parametrize("number", [0, 1, 2**252, group.ORDER - 1])
def test_scalars_at_the_borders_are_read_and_written(number):
    """A scalar must come back as it was written, at both ends of the range."""
    assert group.format_scalar(group.parse_scalar(str(number))) == str(number)
    assert group.parse_scalar(str(number)) == group.scalar(number)


def test_zero_and_the_identity_are_multiplied_as_numbers_are():
    """[0]P, [n]O and P - P must be the identity, though libsodium refuses to compute some of them."""
    point = group.multiply_generator(group.scalar(5))
    assert group.multiply(group.ZERO, point) == group.IDENTITY
    assert group.multiply_generator(group.ZERO) == group.IDENTITY
    assert group.multiply(group.scalar(3), group.IDENTITY) == group.IDENTITY
    assert group.subtract(point, point) == group.IDENTITY
    assert group.add(point, group.IDENTITY) == point


def test_scalars_form_a_field():
    """Sums, differences, products and inverses must agree with arithmetic modulo the group order."""
    first, second = 2**251 + 12345, group.ORDER - 7
    left, right = group.scalar(first), group.scalar(second)
    assert group.scalar_sum(left, right) == group.scalar(first + second)
    assert group.scalar_difference(left, right) == group.scalar(first - second)
    assert group.scalar_product(left, right) == group.scalar(first * second)
    assert group.scalar_inverse(left) == group.scalar(pow(first, -1, group.ORDER))


def test_random_scalars_are_reduced_from_64_bytes():
    """A random scalar must use 64 random bytes, read little-endian, so that it is as good as uniform."""
    drawn = bytes(range(64))
    assert group.random_scalar(lambda length: drawn[:length]) == group.scalar(int.from_bytes(drawn, "little"))
