"""What the rules say of the election and of those who stand is read strictly, and its times are one instant."""

import tomllib
from datetime import UTC, datetime, time

import pytest

from candidates.clauses import Clause, RuleError, utc_instant
from candidates.rules import read_election, read_eligibility, read_nomination

ELECTION = """
name = "Valg til Integrationsrådet i Køge 2021"
municipality = "Køge"
municipality_code = "0259"
election_day = 2021-11-23
opens = 17:00:00
closes = 20:00:00
term_start = 2022-01-01
term_end = 2025-12-31
adopted_by = "Køge Byråd"
adopted_on = 2021-06-22
"""
ELIGIBILITY = """
minimum_age = 18
residence = true
declaration = "other-ethnic-background"
proposers = 0
"""
NOMINATION = """
opens = 2021-11-04T00:00:00
closes = 2021-11-16T12:00:00
cure_until = 2021-11-18T12:00:00
statement_limit = 1000
"""


def clause(heading, text, **changes):
    """The section with some keys changed, or left out where the new value is None."""
    table = tomllib.loads(text)
    for key, value in changes.items():
        table.pop(key, None)
        if value is not None:
            table |= tomllib.loads(f"{key} = {value}")
    return Clause(heading, table)


def election(**changes):
    return read_election(clause("[election]", ELECTION, **changes))


def nomination(**changes):
    return read_nomination(clause("[nomination]", NOMINATION, **changes), election())


def eligibility(**changes):
    return read_eligibility(clause("[eligibility]", ELIGIBILITY, **changes))


def test_polling_hours_are_copenhagen_time():
    """17:00 in November is 16:00 UTC, and in June it is 15:00."""
    assert election().opens_at == datetime(2021, 11, 23, 16, tzinfo=UTC)
    assert election().closes_at == datetime(2021, 11, 23, 19, tzinfo=UTC)
    summer = election(election_day="2021-06-24")
    assert summer.opens_at == datetime(2021, 6, 24, 15, tzinfo=UTC)


def test_nomination_times_are_utc_instants():
    """A deadline written in Copenhagen time is kept as the instant it is."""
    assert nomination().closes == datetime(2021, 11, 16, 11, tzinfo=UTC)
    assert nomination().opens == datetime(2021, 11, 3, 23, tzinfo=UTC)


@pytest.mark.parametrize("local", [datetime(2021, 3, 28, 2, 30), datetime(2021, 10, 31, 2, 30)])  # noqa: DTZ001 - local on purpose
def test_an_hour_that_is_skipped_or_repeated_is_no_deadline(local):
    """Half past two at the change to and from summer time is no instant or two, so it is refused."""
    with pytest.raises(ValueError, match="skips or repeats"):
        utc_instant(local)


def test_a_poll_in_the_repeated_hour_is_refused_by_field():
    """Polling hours in the hour that is repeated name the key at fault."""
    with pytest.raises(RuleError) as refused:
        election(election_day="2021-10-31", opens="02:30:00")
    assert refused.value.field == "[election] opens"


def test_the_rest_is_read_as_written():
    """Æ, ø and å, the code's leading zero and plain values survive."""
    rules = election()
    assert (rules.municipality, rules.municipality_code, rules.opens) == ("Køge", "0259", time(17))
    who = eligibility()
    assert (who.minimum_age, who.residence, who.declaration, who.proposers) == (18, True, "other-ethnic-background", 0)


def test_proposers_may_go_unsaid_and_no_declaration_is_said():
    """Silence on proposers means none; that nothing is declared is written as empty text, never left out."""
    assert eligibility(proposers=None).proposers == 0
    assert not eligibility(declaration='""').declaration
    with pytest.raises(RuleError, match="is missing"):
        eligibility(declaration=None)


def test_the_place_may_go_unsaid():
    """Rules from before places were told read as they did; a place that is told is one line as written."""
    assert election().place == ""
    assert (
        election(place='"Kantinen, Køge Rådhus, Torvet 1, 4600 Køge"').place
        == "Kantinen, Køge Rådhus, Torvet 1, 4600 Køge"
    )


@pytest.mark.parametrize("key", tomllib.loads(ELECTION))
def test_every_key_of_the_election_is_needed(key):
    """No date, name or hour of an election has a default."""
    with pytest.raises(RuleError, match="is missing") as refused:
        election(**{key: None})
    assert refused.value.field == f"[election] {key}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"municipality_code": "259"}, "municipality_code"),
        ({"municipality_code": '"259"'}, "municipality_code"),
        ({"municipality_code": '"٠٢٥٩"'}, "municipality_code"),
        ({"name": '" "'}, "name"),
        ({"name": '"A\\nB"'}, "name"),
        ({"name": '"Køge "'}, "name"),
        ({"name": "7"}, "name"),
        ({"election_day": "2021-11-23T17:00:00"}, "election_day"),
        ({"election_day": '"2021-11-23"'}, "election_day"),
        ({"opens": '"17:00"'}, "opens"),
        ({"opens": "20:00:00"}, "closes"),
        ({"closes": "16:00:00"}, "closes"),
        ({"term_end": "2022-01-01"}, "term_end"),
        ({"term_end": "2021-01-01"}, "term_end"),
        ({"election_day": "2026-01-01"}, "election_day"),
        ({"adopted_on": "2021-11-23"}, "adopted_on"),
        ({"place": '""'}, "place"),
        ({"place": '"Kantinen\\nKøge Rådhus"'}, "place"),
        ({"place": f'"{"x" * 121}"'}, "place"),
        ({"place": "7"}, "place"),
        ({"venue": '"kantinen"'}, "venue"),
    ],
)
def test_an_unfit_election_names_its_field(changes, field):
    """Wrong types, impossible codes, dates out of order and unknown keys are refused by field."""
    with pytest.raises(RuleError) as refused:
        election(**changes)
    assert refused.value.field == f"[election] {field}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minimum_age": "true"}, "minimum_age"),
        ({"minimum_age": "18.0"}, "minimum_age"),
        ({"minimum_age": "-1"}, "minimum_age"),
        ({"minimum_age": "121"}, "minimum_age"),
        ({"residence": "1"}, "residence"),
        ({"declaration": '"Other Background"'}, "declaration"),
        ({"declaration": "true"}, "declaration"),
        ({"proposers": "-1"}, "proposers"),
        ({"country": '"x"'}, "country"),
    ],
)
def test_unfit_eligibility_names_its_field(changes, field):
    """True is not an age and one is not true; nothing of a person's origin is a key."""
    with pytest.raises(RuleError) as refused:
        eligibility(**changes)
    assert refused.value.field == f"[eligibility] {field}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes": "2021-11-04T00:00:00"}, "closes"),
        ({"cure_until": "2021-11-16T11:59:59"}, "cure_until"),
        ({"cure_until": "2021-11-23T00:00:00"}, "cure_until"),
        ({"closes": "2021-11-16T12:00:00Z"}, "closes"),
        ({"closes": "2021-11-16"}, "closes"),
        ({"opens": "2021-10-31T02:30:00"}, "opens"),
        ({"opens": "0001-01-01T00:00:00"}, "opens"),
        ({"statement_limit": "-1"}, "statement_limit"),
        ({"statement_limit": None}, "statement_limit"),
        ({"extended": "true"}, "extended"),
    ],
)
def test_unfit_nomination_names_its_field(changes, field):
    """Nomination closes after it opens, is cured after it closes, is over the day before the election, in local time."""
    with pytest.raises(RuleError) as refused:
        nomination(**changes)
    assert refused.value.field == f"[nomination] {field}"


def test_the_last_minute_before_election_day_is_in_time():
    """Faults may be cured until midnight, and no correction period at all is allowed too."""
    assert nomination(cure_until="2021-11-22T23:59:59").cure_until == datetime(2021, 11, 22, 22, 59, 59, tzinfo=UTC)
    same = nomination(cure_until="2021-11-16T12:00:00")
    assert same.cure_until == same.closes
