"""Whatever a door of the house takes the record takes too: no text that somebody typed keeps the result from being published."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tally.record import (
    BoardMember,
    BoxDifference,
    Candidate,
    DrawnLot,
    Election,
    Reconciliation,
    Record,
    Remark,
    Station,
    Times,
    Trustee,
    Verification,
    missing,
)
from votingapp.cli import commands
from votingapp.desks.count import lots
from votingapp.desks.devices.forms import InviteForm
from votingapp.desks.secretariat.decisions.forms import LineForm
from votingapp.desks.secretariat.founding.service import RulesRefused, read_rules
from votingapp.desks.secretariat.staffing.people import Wanted, read_people
from votingapp.desks.slips.forms import ExplainForm
from votingapp.desks.station.forms import IncidentForm
from votingapp.resources import rulesets_dir
from votingapp.store.staff import Role, Staff

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm

ELECTION = Election(
    name="Valg",
    municipality="Køge",
    election_day=date(2021, 11, 23),
    term_start=date(2022, 1, 1),
    term_end=date(2025, 12, 31),
    seats=1,
    votes_per_voter=1,
    adopted_by="Køge Byråd",
    adopted_on=date(2021, 6, 22),
    rules_sha256="",
)
RECORD = Record(
    election=ELECTION,
    drawn_up=date(2021, 11, 24),
    rehearsal=False,
    board=(),
    times=Times(None, None, None),
    candidates=(Candidate(1, "c1", "Åse Ærø", 1),),
    turnout=None,
    allocation={"status": "complete", "elected": [], "substitutes": [], "lots_required": [], "vacant": 1, "steps": []},
)
PARTS = ("01", "12", "31", "02", "20", "80", "1234", "0102", "801234", "5", " ", "  ", ".", "-", " - ", "/", "\n", "x")
UNUSUAL = ("\u200b", "\u00a0", "\u2013", "²", "５", "\u0661\u0662", "Å")
KOEGE = (rulesets_dir() / "koege-2021.toml").read_text(encoding="utf-8")
TYPED = st.lists(st.sampled_from(PARTS + UNUSUAL), max_size=9).map("".join)


def form(asked: type[FlaskForm], field: str, **more: str) -> Callable[[str], str | None]:
    """What a form keeps of a text, None where it refuses it."""

    def read(text: str) -> str | None:
        filled = asked(formdata=MultiDict({field: text, **more}), meta={"csrf": False})
        filled.validate()
        return None if filled[field].errors else filled[field].data

    return read


def line(text: str) -> str | None:
    filled = LineForm(formdata=MultiDict({"line": text}), meta={"csrf": False})
    return filled.read() if filled.validate() else None


class Accepting:
    """A store to which everything that reaches it is welcome."""

    def write(self, _act: object) -> str:
        return "kept"


BOTH = tuple(Staff(login, login, login, must_change_password=False, may_found=False) for login in ("anne", "birk"))


def lot(text: str) -> str | None:
    """A lot's place, and the name of one who saw it."""
    taken = lots.enter_lot(Accepting(), BOTH, None, ("c1",), text, (f"{text} Vidne", "Viggo"))
    return text.strip() if taken == "kept" else None


def rules(text: str) -> str | None:
    kept = read_rules(
        KOEGE.replace('"Integrationsrådet i Køge"', json.dumps(f"Byråd {text}", ensure_ascii=False)).encode()
    )
    return None if isinstance(kept, RulesRefused) else kept.election.adopted_by


DOORS: dict[str, tuple[Callable[[str], str | None], Callable[[str], dict[str, object]]]] = {
    "incident": (form(IncidentForm, "text"), lambda text: {"remarks": (Remark(f"Linje 1. Bord 01: {text}"),)}),
    "explanation": (
        form(ExplainForm, "text"),
        lambda text: {
            "reconciliation": (Reconciliation("slips", 1, 2, text),),
            "boxes": (BoxDifference("Bord 1", 1, 1, 0, text),),
        },
    ),
    "device": (
        form(InviteForm, "name", kind="desk"),
        lambda text: {"boxes": (BoxDifference(text, 1, 1, 0),), "remarks": (Remark(f"Linje 12. {text}: 01 80 1234"),)},
    ),
    "distinguishing line": (line, lambda text: {"candidates": (replace(RECORD.candidates[0], line=text),)}),
    "lot": (
        lot,
        lambda text: {"lots": (DrawnLot("seat", ("c1",), ("c1",), f"Sted: {text}", (f"{text} Vidne", "Viggo")),)},
    ),
    "rules": (rules, lambda text: {"election": replace(ELECTION, adopted_by=text)}),
}


@pytest.mark.parametrize("door", DOORS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(text=TYPED)
@example(text="Sag 3102201234")
@example(text="Bord 3102201234")
@example(text="1\u200b0102801234")
@example(text="01  01  80  1234")
@example(text="01.01.80 - 1234")
def test_what_a_door_takes_the_record_takes(office, door, text):
    """A text is refused where it is typed, with words, or it stands in the record; there is nothing between."""
    accept, shown = DOORS[door]
    with office.test_request_context():
        kept = accept(text)
    if kept:
        assert missing(replace(RECORD, **shown(kept)))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("text", ["Bord 0101801234", "Bord 3102201234", "Bord 01.01.80 - 1234"])
def test_every_door_refuses_what_may_be_a_number(office, door, text):
    """Also a day that no month has, and a number with dots: one question is asked everywhere."""
    with office.test_request_context():
        assert DOORS[door][0](text) is None
        assert DOORS[door][0]("Bord 12") is not None


@settings(deadline=None, max_examples=60)
@given(text=TYPED)
@example(text="Å.\u200b")
@example(text="Åse Ærø")
@example(text="Bord 12")
def test_a_name_that_is_hired_stands_in_the_record(text):
    """A line under a role is taken as a name is, so without any number; what is taken may sign the record."""
    person = next(iter(read_people({Role.BOARD: f"{text}, anne"})), None)
    if isinstance(person, Wanted):
        assert not any(map(str.isdigit, person.name))
        assert missing(replace(RECORD, board=(BoardMember(person.name, "medlem"),)))


def test_an_official_is_added_by_no_such_name_on_the_command_line(settings, store, monkeypatch):
    """Her name stands in the record, whoever typed it."""
    del store
    monkeypatch.setenv("VOTINGAPP_HOME", str(settings.home))
    told = CliRunner().invoke(commands, ["user", "add", "anne", "--name", "Anne 3102201234"])
    assert told.exit_code == 2
    assert "CPR" in told.output


def test_hashes_are_nobodys_words():
    """Ten digits in a row in a hash are chance, and no reason to keep a result from anybody."""
    code = "ab0101801234" + "0" * 52
    sealed = Verification("0101801234", code, code, 1, (Trustee("A", decrypted=True),))
    station = Station((), (), None, 0, 0, code, code, code)
    found = replace(RECORD, verification=sealed, station=station, election=replace(ELECTION, rules_sha256=code))
    assert "verification" not in missing(found)
