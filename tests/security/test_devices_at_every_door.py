"""A browser that is not a joined device of this election and this kind can do nothing at any door of desk and booth."""

from __future__ import annotations

import secrets

import pytest
from doors import device_doors, kept
from joined import join_device, make_booth, make_desk, revoke_device, use_device
from polling import keep_register, person, prepare_poll
from sqlalchemy import select, update

from ballots.protocol.possession import prove_possession
from votingapp.booth import create_booth
from votingapp.store.devices import Kind
from votingapp.store.staff import Role
from votingapp.store.tables import metadata
from votingapp.store.tables.devices import device as device_table

FREE = {
    "booth.start": "says that a tablet has not joined",
    "booth.join": "lets a tablet join",
    "booth.join_page": "lets a tablet join",
    "checkin.doubts": "the board's list of cases in doubt, wherever its member stands",
    "checkin.decide": "the board's decision of one",
}
"""The doors of booth and check-in that ask for no device, each with its reason."""

WAYS = ("nobody", "made up", "empty", "invited", "revoked", "other kind", "other election", "invited anew")


@pytest.fixture
def poll(store, found_election):
    """An open poll with three slips handed out and one person on the roll."""
    election = found_election(store)
    keep_register(store, election, person("Signe Sørensen", "0101801234"))
    return prepare_poll(store, election, slips=3, issued=3)


@pytest.fixture
def booth(settings, store):
    return create_booth(settings, store)


@pytest.fixture
def wear(store, poll, found_election):
    """Let a browser come as somebody who is no device here: `wear(client, kind, way)`."""

    def forget_join(work) -> None:
        work.connection.execute(update(device_table).values(joined_at=None))
        work.keep_unrecorded()

    def put_on(client, kind: Kind, way: str) -> None:
        match way:
            case "made up":
                use_device(client, kind, secrets.token_urlsafe(32))
            case "empty":
                use_device(client, kind, "")
            case "invited":
                use_device(client, kind, join_device(store, poll.election, kind))
                store.write(forget_join)
            case "revoked":
                use_device(client, kind, join_device(store, poll.election, kind, "Den stjålne"))
                revoke_device(store, poll.election, "Den stjålne")
            case "other kind":
                other = Kind.BOOTH if kind is Kind.DESK else Kind.DESK
                use_device(client, kind, join_device(store, poll.election, other))
            case "other election":
                elsewhere = prepare_poll(store, found_election(store, slug="anden"), issued=3).election
                use_device(client, kind, join_device(store, elsewhere, kind))
            case "invited anew":
                use_device(client, kind, join_device(store, poll.election, kind))
                store.write(_give_another_token)

    return put_on


def _give_another_token(work) -> None:
    work.connection.execute(update(device_table).values(token_sha256="0" * 64))
    work.keep_unrecorded()


@pytest.mark.parametrize("way", WAYS)
def test_the_booth_does_nothing_for_it(store, booth, poll, wear, way):
    """Every door of the booth but those of joining is shut: no ballot paper, no look at a slip, no ballot, no trace."""
    tablet = booth.test_client()
    wear(tablet, Kind.BOOTH, way)
    before, doors = kept(store), device_doors(booth, poll.election.slug)
    assert {path.rpartition("/")[2] for _method, path in doors} >= {
        "election.json",
        "alive.json",
        "slip",
        "ballots",
        "",
    }
    for method, path in doors:
        answer = tablet.open(path, method=method, data=poll.seal(poll.slips[0]), content_type="application/json")
        assert answer.status_code == 403, (method, path)
        assert "Set-Cookie" not in answer.headers
        assert "Øzlem" not in answer.text
    assert kept(store) == before


@pytest.mark.parametrize("way", WAYS)
def test_a_desk_does_nothing_for_it(store, office, client, poll, add_staff, sign_in, wear, way):
    """Every door of the desks is shut, whoever is signed in: nobody is found, nobody is admitted, nothing is written."""
    office.config["WTF_CSRF_ENABLED"] = False
    add_staff(store, poll.election, "anna", *Role, may_found=True)
    sign_in(client, "anna")
    wear(client, Kind.DESK, way)
    before, doors = kept(store), device_doors(office, poll.election.slug)
    assert len(doors) >= 4
    for method, path in doors:
        answer = client.open(path, method=method, data={"cpr": "0101801234", "search": "0101801234"})
        assert answer.status_code == 403, (method, path)
        assert "Signe" not in answer.text
    assert kept(store) == before


def test_a_device_alone_is_nobody_at_the_desk(office, store, poll):
    """A stolen desk without an official who is signed in finds nobody."""
    office.config["WTF_CSRF_ENABLED"] = False
    client = office.test_client()
    make_desk(client, store, poll.election)
    for method, path in device_doors(office, poll.election.slug):
        answer = client.open(path, method=method)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in"), (method, path)


def test_no_door_of_desk_or_booth_forgets_the_device(office, booth):
    """Whatever is added to the check-in, the slips' desk or the booth asks for a device; what does not is listed here."""
    guarded = {rule.endpoint for app in (office, booth) for rule in app.url_map.iter_rules() if _asks(app, rule)}
    routes = {rule.endpoint for app in (office, booth) for rule in app.url_map.iter_rules()}
    forgetful = {one for one in routes if one.startswith(("booth.", "checkin."))} - guarded
    assert forgetful == FREE.keys()


def _asks(app, rule) -> bool:
    from votingapp.web.access import rule_of  # noqa: PLC0415 - this alone asks about a rule

    found = rule_of(app, rule.endpoint)
    return found is not None and found.device is not None


def test_revocation_stops_a_vote_that_has_begun(store, booth, poll):
    """A tablet that has the ballot paper and has looked at the slip is refused at its next request, and the slip is whole."""
    tablet = make_booth(booth, store, poll.election)
    base = f"/{poll.election.slug}"
    proof = prove_possession(poll.election.urn_uuid, poll.slips[0], secrets.token_bytes).to_json()
    asked = {"credential": poll.public(poll.slips[0]), "proof": proof}
    assert tablet.get(f"{base}/election.json").status_code == 200
    assert tablet.post(f"{base}/slip", json=asked).json == {"status": "ready"}
    raw = poll.seal(poll.slips[0])
    revoke_device(store, poll.election, "Stemmeboks 1")
    answer = tablet.post(f"{base}/ballots", data=raw, content_type="application/json")
    assert (answer.status_code, answer.json) == (403, {"status": "error"})
    assert tablet.get(f"{base}/alive.json").status_code == 403
    another = make_booth(booth, store, poll.election, "Stemmeboks 2")
    assert another.post(f"{base}/slip", json=asked).json == {"status": "ready"}
    assert another.post(f"{base}/ballots", data=raw, content_type="application/json").status_code == 201


def test_nothing_of_a_vote_is_written_about_the_device(store, booth, poll, clock):
    """Promise 1: hours of reading, looking and casting leave the device's row as it was; the sign of life alone changes it."""
    tablet = make_booth(booth, store, poll.election)
    base = f"/{poll.election.slug}"
    proof = prove_possession(poll.election.urn_uuid, poll.slips[0], secrets.token_bytes).to_json()
    before = _all_but_ballots(store)
    for slip in poll.slips:
        clock.advance(hours=1)
        tablet.get("/")
        for page in ("", "election.json", "photos/1.jpg"):
            tablet.get(f"{base}/{page}")
        tablet.post(f"{base}/slip", json={"credential": poll.public(slip), "proof": proof})
        cast = tablet.post(f"{base}/ballots", data=poll.seal(slip), content_type="application/json")
        assert cast.status_code == 201
    assert _all_but_ballots(store) == before
    answer = tablet.get(f"{base}/alive.json")
    assert (answer.status_code, answer.json) == (200, {"status": "open"})
    assert "Set-Cookie" not in answer.headers
    changed = {name for name, rows in _all_but_ballots(store).items() if rows != before[name]}
    assert changed == {"device"}


def test_a_sign_of_life_says_nothing_of_the_turnout(store, booth, poll):
    """Promise 6: what a tablet is answered is the same before and after somebody voted."""
    tablet = make_booth(booth, store, poll.election)
    base = f"/{poll.election.slug}"
    before = tablet.get(f"{base}/alive.json").data
    tablet.post(f"{base}/ballots", data=poll.seal(poll.slips[0]), content_type="application/json")
    assert tablet.get(f"{base}/alive.json").data == before


def _all_but_ballots(store) -> dict[str, list]:
    """Every row of every table, but for the ballots themselves."""
    with store.reading() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table))]
            for name, table in metadata.tables.items()
            if name != "ballot"
        }
