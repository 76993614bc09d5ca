"""The lines on which everybody is written who is to be hired: how they are read, and what is told of those that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votingapp.desks.secretariat.staffing.logins import free_login, is_login, login_of
from votingapp.desks.secretariat.staffing.people import Fault, Wanted, Wrong, lines_in, read_people
from votingapp.desks.secretariat.staffing.words import say
from votingapp.store.staff import Role


def people(**texts: str) -> list[tuple[str, str, list[str]]]:
    """Name, login and roles of everybody who is read."""
    read = read_people({Role(role): text for role, text in texts.items()})
    assert all(isinstance(one, Wanted) for one in read), read
    return [(one.name, one.login, [role.value for role in one.roles]) for one in read]


def faults(**texts: str) -> list[tuple[str, int, Fault]]:
    """Role, line and fault of everything that is wrong."""
    read = read_people({Role(role): text for role, text in texts.items()})
    assert all(isinstance(one, Wrong) for one in read), read
    return [(one.line.role.value, one.line.number, one.fault) for one in read]


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Birgit Lund", "birgit.lund"),
        ("Åse Marie Ærøskøbing", "aase.aeroeskoebing"),
        ("Hassan Yılmaz", "hassan.yilmaz"),
        ("Hassan İŞLEYEN", "hassan.isleyen"),
        ("Łukasz Żółć", "lukasz.zolc"),
        ("Đặng Thị Ngọc Ánh", "dang.anh"),
        ("Jean-Luc O’Brien", "jean.obrien"),
        ("Kurt Groß", "kurt.gross"),
        ("A\u030ase B\u00e9", "aase.be"),
        ("Ib", "ib"),
        ("Ib Ib", "ib"),
        ("æ" * 100, "ae" * 20),
        ("Иван Петров", None),
        ("أمينة الخطيب", None),
        ("Anna Петров", None),
        ("王芳", None),
        ("ʻAlohi", None),
    ],
)
def test_a_login_is_made_of_the_name(name, login):
    """First and last word in letters that every keyboard has; a name in another alphabet gives none."""
    assert login_of(name) == login


@given(st.text(max_size=120))
def test_whatever_is_made_is_a_login(text):
    """No name makes something that nobody could sign in with."""
    made = login_of(text)
    assert made is None or (is_login(made) and is_login(free_login(made, {made, f"{made}2"})))


def test_a_number_tells_two_of_one_login_apart():
    """The next number that nobody has."""
    assert free_login("lis", set()) == "lis"
    assert free_login("lis", {"lis", "lis2", "lis4"}) == "lis3"


def test_lines_are_read_as_they_come_from_anywhere():
    """Line ends of every system, empty lines, tabs of a spreadsheet, hard spaces and commas without anything behind."""
    text = "\r\n Birgit \u00a0 Lund \r\rEwa Kowalska,\n\t\nHassan Yılmaz\thassan\t\t\nLis Møller , lis\r\n   \n"
    assert people(board=text) == [
        ("Birgit Lund", "birgit.lund", ["board"]),
        ("Ewa Kowalska", "ewa.kowalska", ["board"]),
        ("Hassan Yılmaz", "hassan", ["board"]),
        ("Lis Møller", "lis", ["board"]),
    ]
    assert lines_in({Role.BOARD: text}) == 4
    assert read_people({Role.DESK: " \r\n\t"}) == ()


def test_one_person_may_have_several_roles():
    """The same line under two roles is one person; capitals and spaces do not make another of her."""
    assert people(
        desk="LIS  MØLLER\nJørgen Bæk", board="Lis Møller", observer="Bo Bæk, bo", secretariat="Bo Bæk, bo"
    ) == [
        ("Lis Møller", "lis.moeller", ["board", "desk"]),
        ("Jørgen Bæk", "joergen.baek", ["desk"]),
        ("Bo Bæk", "bo", ["secretariat", "observer"]),
    ]


def test_two_people_may_have_one_name():
    """Each has a login of her own behind the comma."""
    assert people(desk="Lis Møller, lis1\nLis Møller, lis2", board="Lis Møller, lis1") == [
        ("Lis Møller", "lis1", ["board", "desk"]),
        ("Lis Møller", "lis2", ["desk"]),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Lund, Birgit", Fault.LOGIN),
        ("Birgit Lund, b", Fault.LOGIN),
        ("Birgit Lund, bírgit", Fault.LOGIN),
        ("Birgit Lund, birgit\u202e", Fault.LOGIN),
        ("Birgit Lund, " + "b" * 61, Fault.LOGIN),
        ("Lund, Birgit, birgit", Fault.PARTS),
        ("Birgit\tMarie\tLund", Fault.PARTS),
        (", birgit", Fault.NAME),
        ("B", Fault.NAME),
        ("Birgit 2", Fault.NAME),
        ("Birgit <b>Lund</b>", Fault.NAME),
        ("Birgit\x0bLund", Fault.NAME),
        ("Birgit\u2028Lund", Fault.NAME),
        ("Birgit \u202eLund", Fault.NAME),
        ("\ufeffBirgit Lund", Fault.NAME),
        ("Birgit Lu\u200bnd", Fault.NAME),
        ("B" * 101, Fault.NAME),
        ("B" + "\u0301" * 20, Fault.NAME),
        ("B" + "\u0301\u0323" * 200_000, Fault.NAME),
        ("Birgit Lund, 0101801234" + " " * 300 + "x", Fault.NAME),
        ("Birgit 010180-1234", Fault.CPR),
        ("Birgit Lund, 0101801234", Fault.CPR),
        ("Bіrgit Lund", Fault.MIXED),  # a Cyrillic і
        ("Bіrgit Lund, birgit", Fault.MIXED),
        ("Иван Петров", Fault.NO_LOGIN),
    ],
)
def test_a_line_that_cannot_be_taken_is_told(office, line, fault):
    """Each with its place and in words, and without showing again what may not stand anywhere."""
    assert faults(board=f"Ewa Kowalska\n\n{line}") == [("board", 3, fault)]
    with office.test_request_context():
        (wrong,) = read_people({Role.BOARD: line})
        said = say(wrong)
    assert said.startswith("Linje 1")
    assert "1234" not in said
    assert "\u202e" not in said


def test_an_alphabet_without_a_login_takes_the_one_that_is_written():
    """The name is taken as it is written, and the login behind the comma."""
    assert people(desk="أمينة الخطيب, amina\nИван Петров, ivan") == [
        ("أمينة الخطيب", "amina", ["desk"]),
        ("Иван Петров", "ivan", ["desk"]),
    ]


def test_lines_at_odds_are_told():
    """Twice in one role, a name with a login and without, and one login for two names; all of them at once."""
    assert faults(desk="Lis Møller\nBo Bæk\nlis møller") == [("desk", 3, Fault.TWICE)]
    assert faults(desk="Bo Bæk, bo\nBo Bæk, bo") == [("desk", 2, Fault.TWICE)]
    assert faults(desk="Lis Møller, lis", board="Lis Møller") == [("board", 1, Fault.UNCLEAR)]
    assert faults(desk="Lis Møller, lis\nBo Bæk, lis") == [
        ("desk", 1, Fault.LOGIN_OF_TWO),
        ("desk", 2, Fault.LOGIN_OF_TWO),
    ]
    assert faults(board="x\nLund, Birgit", desk="Lis Møller\nLis Møller") == [
        ("board", 1, Fault.NAME),
        ("board", 2, Fault.LOGIN),
        ("desk", 2, Fault.TWICE),
    ]
