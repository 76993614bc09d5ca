"""Everybody is hired in one transaction: all or nobody, once however often it is pressed, and beside another secretary."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from votingapp.desks.secretariat.staffing import hiring
from votingapp.desks.secretariat.staffing.hiring import Hired, NotHired
from votingapp.desks.secretariat.staffing.people import Fault, read_people
from votingapp.store import audit, staff
from votingapp.store.staff import ResetEntry, Role
from votingapp.store.tables.staff import appointment
from votingapp.store.tables.staff import staff as staff_table

FORM = "5f0c9a52-0b1e-4c8e-9d53-4f6f0b0b4c11"
OWN = "min egen gode sætning"


@pytest.fixture
def election(any_store, found_election):
    return found_election(any_store)


@pytest.fixture
def clerk(any_store, election, add_staff):
    return add_staff(any_store, election, "clerk", Role.SECRETARIAT)


@pytest.fixture
def hire(any_store, election, clerk):
    """Hire whoever is written: `hire(board="…", form=FORM)`."""

    def act(form: str | None = None, official=None, **texts: str) -> Hired | NotHired:
        people = read_people({Role(role): text for role, text in texts.items()})
        return hiring.hire(any_store, official or clerk, election, form or str(uuid.uuid4()), people)

    return act


def entries(store, chain: str) -> list[tuple[str, str, dict]]:
    with store.reading() as connection:
        assert audit.first_broken_link(connection, chain) is None
        return [(one.actor, one.act, json.loads(one.details)) for one in audit.entries(connection, chain)]


def house(store) -> list[str]:
    with store.reading() as connection:
        return [one.login for one in staff.everybody(connection)]


def faults(outcome: NotHired) -> list[tuple[str, int, Fault, tuple[str, ...]]]:
    return [(one.line.role.value, one.line.number, one.fault, one.logins) for one in outcome.wrong]


def test_everybody_can_sign_in_and_has_her_roles(any_store, election, hire):
    """Added and appointed, each with a code that opens her account and must be changed."""
    hired = hire(board="Birgit Lund\nEwa Kowalska", desk="Lis Møller, bord1\nBirgit Lund")
    assert [(one.official.login, one.official.name, sorted(one.roles)) for one in hired.people] == [
        ("birgit.lund", "Birgit Lund", ["board", "desk"]),
        ("ewa.kowalska", "Ewa Kowalska", ["board"]),
        ("bord1", "Lis Møller", ["desk"]),
    ]
    with any_store.reading() as connection:
        for one in hired.people:
            found = staff.check_password(connection, one.official.login, one.code)
            assert found == one.official
            assert found.must_change_password
            assert not found.may_found
            assert staff.roles_of(connection, found.id, election.id) == one.roles
    assert len({one.code for one in hired.people}) == 3


def test_the_log_has_for_each_what_it_has_for_one(any_store, election, hire, clerk):
    """One entry for each who is added and one for each role, by whom, as when they are added one by one."""
    before = len(entries(any_store, audit.HOUSE)), len(entries(any_store, election.id))
    hire(board="Birgit Lund", desk="Lis Møller\nBirgit Lund")
    added, appointed = entries(any_store, audit.HOUSE)[before[0] :], entries(any_store, election.id)[before[1] :]
    assert added == [
        ("clerk", "staff_added", {"login": "birgit.lund", "may_found": False}),
        ("clerk", "staff_added", {"login": "lis.moeller", "may_found": False}),
    ]
    assert appointed == [
        ("clerk", "staff_appointed", {"login": "birgit.lund", "role": "board"}),
        ("clerk", "staff_appointed", {"login": "birgit.lund", "role": "desk"}),
        ("clerk", "staff_appointed", {"login": "lis.moeller", "role": "desk"}),
    ]


def test_no_code_is_kept(any_store, hire, settings):
    """Neither a row of the database nor the house's folder has a code, nor what it is derived from."""
    hired = hire(form=FORM, board="Birgit Lund")
    (code,) = (one.code for one in hired.people)
    with any_store.reading() as connection:
        rows = [str(connection.execute(table.select()).all()) for table in (staff_table, appointment)]
    kept = "".join([*rows, str(entries(any_store, audit.HOUSE))])
    assert code not in kept
    assert FORM not in kept
    files = b"".join(path.read_bytes() for path in settings.home.rglob("*") if path.is_file())
    assert code.encode() not in files
    assert FORM.encode() not in files


def test_nobody_is_hired_where_one_line_is_wrong(any_store, election, hire, add_staff):
    """Every line at odds with the house is told at once, with the login that is there, and nothing is written."""
    add_staff(any_store, None, "birgit", name="Birgit  LUND")
    before = house(any_store), entries(any_store, election.id)
    outcome = hire(board="birgit lund\nEwa Kowalska", desk="Bo Bæk, clerk\n\nKarla Bæk, candidate\nBirgit Lund")
    assert sorted(faults(outcome)) == [
        ("board", 1, Fault.NAME_KNOWN, ("birgit",)),
        ("desk", 1, Fault.LOGIN_TAKEN, ()),
        ("desk", 3, Fault.LOGIN_TAKEN, ()),
        ("desk", 4, Fault.NAME_KNOWN, ("birgit",)),
    ]
    assert (house(any_store), entries(any_store, election.id)) == before


def test_another_person_of_a_known_name_needs_a_login_of_her_own(any_store, hire, add_staff):
    """With a login behind the comma she is somebody else."""
    add_staff(any_store, None, "birgit", name="Birgit Lund")
    hired = hire(board="Birgit Lund, birgit.lund")
    assert [one.official.login for one in hired.people] == ["birgit.lund"]


def test_a_login_that_is_made_is_never_one_that_is_taken(any_store, hire, add_staff):
    """Not of the house in whatever capitals, not of another line wherever it stands, and no word of the log."""
    add_staff(any_store, None, "Lis.Lund", name="Lisbet L.")
    hired = hire(
        board="Lis Lund\nLis Maria Lund\nCandidate",
        desk="Bo Bæk\nBo Kaj Bæk, bo.baek\nLis Anna Lund, lis.lund3",
    )
    assert {one.official.name: one.official.login for one in hired.people} == {
        "Lis Lund": "lis.lund2",
        "Lis Maria Lund": "lis.lund4",
        "Candidate": "candidate2",
        "Bo Bæk": "bo.baek2",
        "Bo Kaj Bæk": "bo.baek",
        "Lis Anna Lund": "lis.lund3",
    }


def test_a_second_press_answers_as_the_first(any_store, election, hire):
    """The form sent again adds nobody, writes nothing into the log, and shows the same codes, for they still open the accounts."""
    first = hire(form=FORM, board="Birgit Lund", desk="Lis Møller")
    before = house(any_store), entries(any_store, election.id), entries(any_store, audit.HOUSE)
    assert hire(form=FORM, board="Birgit Lund", desk="Lis Møller") == first
    assert (house(any_store), entries(any_store, election.id), entries(any_store, audit.HOUSE)) == before


@pytest.mark.parametrize("between", ["chosen", "given"])
def test_a_second_press_shows_no_code_that_has_been_changed(any_store, election, hire, between):
    """Once she has her own password, or another one-time password under signatures, the form gives nothing away."""
    (birgit,) = hire(form=FORM, board="Birgit Lund").people

    def change(work):
        if between == "chosen":
            kept = staff.kept_password(work.connection, birgit.official.id)
            assert staff.change_password(work, birgit.official, kept, staff.hash_password(OWN))
        else:
            entry = ResetEntry("clerk", ["birk"], "koege", [election.id])
            staff.reset_password(work, birgit.official, "en ny engangskode", entry)

    any_store.write(change)
    (again,) = hire(form=FORM, board="Birgit Lund").people
    assert (again.official.id, again.code) == (birgit.official.id, None)


def test_the_code_belongs_to_form_election_and_key(any_store, election, hire):
    """Another form draws other codes; the same form at another election or in another house would, too."""
    first, second = (hire(form=form, board=name).people[0] for form, name in ((FORM, "Bo Bæk"), (None, "Ib Bæk")))
    assert first.code != second.code
    vault = any_store.vault
    assert len({vault.one_time_secret(*told) for told in (("e1", FORM, 0), ("e2", FORM, 0), ("e1", FORM, 1))}) == 3


def test_a_press_in_the_middle_of_a_press_adds_nobody_twice(any_store, hire):
    """Two at the same instant: both answer, everybody is there once."""
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: hire(form=FORM, board="Birgit Lund\nEwa Kowalska"), range(2)))
    assert answers[0] == answers[1]
    assert house(any_store) == ["birgit.lund", "clerk", "ewa.kowalska"]


@pytest.mark.parametrize(
    ("theirs", "ours", "told"),
    [
        ("Birgit Lund", "Birgit Lund", [("desk", 1, Fault.NAME_KNOWN, ("birgit.lund",))]),
        ("Birgit Lund, lis", "Lis Møller, lis", [("desk", 1, Fault.LOGIN_TAKEN, ())]),
        ("Birgit Eva Lund", "Birgit Lund", None),
    ],
)
def test_two_secretaries_do_not_take_one_login(any_store, hire, add_staff, election, monkeypatch, theirs, ours, told):
    """What a colleague wrote between look and write is found: told by line, or answered with a number behind the login."""
    other = add_staff(any_store, election, "other", Role.SECRETARIAT)
    real = staff.hash_password

    def slowly(password: str) -> str:
        monkeypatch.setattr(staff, "hash_password", real)
        assert isinstance(hire(official=other, board=theirs), Hired)
        return real(password)

    monkeypatch.setattr(staff, "hash_password", slowly)
    outcome = hire(desk=ours)
    if told is None:
        assert [one.official.login for one in outcome.people] == ["birgit.lund2"]
    else:
        assert faults(outcome) == told
        assert house(any_store) == sorted(["clerk", "other", "lis" if "lis" in theirs else "birgit.lund"])


def test_only_what_is_true_is_printed(any_store, election, hire, found_election):
    """A slip is for who is appointed here and has not chosen yet, with the code that opens; each once, whatever is sent."""
    birgit, ewa = hire(board="Birgit Lund\nEwa Kowalska").people
    good = [(one.official.login, one.code) for one in (birgit, ewa)]
    forged = [
        ("birgit.lund", "aaaa-bbbb-cccc-dddd"),
        ("nobody", birgit.code),
        ("clerk", "en lang og god sætning"),
        ("<b>", "<b>"),
        ("", ""),
    ]
    assert hiring.still_to_come(any_store, election, [*good, *good, *forged[1:]]) == (birgit, ewa)
    assert hiring.still_to_come(any_store, election, forged) == ()
    elsewhere = found_election(any_store, "naboby-2021")
    assert hiring.still_to_come(any_store, elsewhere, good) == ()


def test_a_slip_for_who_has_chosen_is_not_printed(any_store, election, hire):
    """Also one whose own password is written like a code gets no slip with it."""
    (birgit,) = hire(board="Birgit Lund").people
    own = "abcd-efgh-ijkm-npqr"

    def choose(work):
        kept = staff.kept_password(work.connection, birgit.official.id)
        assert staff.change_password(work, birgit.official, kept, staff.hash_password(own))

    any_store.write(choose)
    assert hiring.still_to_come(any_store, election, [("birgit.lund", birgit.code), ("birgit.lund", own)]) == ()


def test_what_has_ended_is_printed_no_more(any_store, election, hire, clock):
    """A slip that does not open its account any more is not shown again, nor set for printing."""
    first = hire(form=FORM, desk="Lis Møller, bord1")
    written = [(one.official.login, one.code) for one in first.people]
    assert hiring.still_to_come(any_store, election, written) == first.people
    clock.advance(days=14)
    assert [one.code for one in hire(form=FORM, desk="Lis Møller, bord1").people] == [None]
    assert hiring.still_to_come(any_store, election, written) == ()
