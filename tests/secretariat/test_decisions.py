"""The secretariat decides on nominations: beside the facts, with a reason, once, and not after the freeze."""

from datetime import UTC, datetime

import pytest
from casework import LIST, RESIDENTS, again, freeze
from casework import file as stand
from standing import DURING, NUMBERS, TOO_YOUNG, import_extract

from candidates.nomination import NominationObstacle, NominationState
from votingapp.desks.secretariat.decisions import service
from votingapp.store import audit, nominations
from votingapp.store.staff import Role


@pytest.fixture
def residents(store, clerk, election):
    """An extract in force."""
    import_extract(store, clerk, election, *RESIDENTS)


@pytest.fixture
def filed(store, election, desk, residents):
    """A nomination of a resident."""
    return stand(store, election)


def test_the_facts_stand_beside_what_was_stated(desk, filed):
    """The page shows findings, the register's name and the contact, and of the CPR number only the birth date."""
    page = desk.get(f"{LIST}/{filed.id}").text
    for words in (
        "Bor i Køge Kommune",
        "Fylder 18 år den 10. december 1980",
        "Har afgivet erklæringen",
        "x@eksempel.dk",
    ):
        assert words in page
    assert "101262-••••" in page
    assert NUMBERS[0] not in page
    assert "kontrolciffer" in page


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (NUMBERS[1], "Bor ikke i Køge Kommune ifølge folkeregisteret (kommunekode 0101)"),
        (NUMBERS[3], "personen står ikke i udtrækket"),
        (TOO_YOUNG, "Fylder først 18 år den 24. november 2021"),
    ],
)
def test_a_rule_not_met_is_said_and_needs_a_reason(act, store, election, residents, number, says):
    """Whoever is not found, lives elsewhere or is too young is accepted only with a written reason."""
    one = stand(store, election, "Bo Borte", number)
    page = f"{LIST}/{one.id}"
    assert says in act(f"{page}/accept", page=page).text
    assert again(store, election, one).state is NominationState.SUBMITTED
    assert act(f"{page}/accept", {"accept-reason": "Bopælsattest er set."}, page=page).status_code == 302
    kept = again(store, election, one)
    assert kept.state is NominationState.ACCEPTED
    assert kept.nomination.decision.reason == "Bopælsattest er set."


def test_a_protected_person_is_known_but_marked(desk, store, election, residents):
    """The secretariat sees that a candidate has protection of name and address."""
    one = stand(store, election, "Cilla Hemmelig", NUMBERS[2])
    assert "navne- og adressebeskyttet" in desk.get(f"{LIST}/{one.id}").text


def test_an_acceptance_publishes_and_is_logged(act, desk, filed, store, election, clerk):
    """Accepted without remarks where every rule is met, on the public page at once, and in the log by the official's name."""
    page = f"{LIST}/{filed.id}"
    assert "Kandidaten er godkendt." in act(f"{page}/accept", page=page, follow_redirects=True).text
    assert filed.name in desk.get("/koege-2021/candidates").text
    kept = again(store, election, filed)
    assert kept.nomination.decision.decided_by == clerk.id
    with store.reading() as connection:
        last = list(audit.entries(connection, election.id))[-1]
    assert (last.act, last.actor) == ("nomination_accepted", "clerk")
    assert filed.id in last.details


def test_a_refusal_needs_a_reason_which_the_candidate_reads(act, desk, filed):
    """Without a reason nothing happens; with one the receipt page shows it."""
    page = f"{LIST}/{filed.id}"
    assert act(f"{page}/refuse", {"refuse-reason": "  "}, page=page).status_code == 409
    reason = "Bor i <Greve> & ikke i Køge"
    assert act(f"{page}/refuse", {"refuse-reason": reason}, page=page).status_code == 302
    receipt = desk.get(f"/koege-2021/stand/{filed.receipt}").text
    assert "Bor i &lt;Greve&gt; &amp; ikke i Køge" in receipt


def test_a_reason_holds_no_cpr_number(act, filed, store, election):
    """A CPR number in a reason is refused and made illegible, since the log is read by others."""
    page = f"{LIST}/{filed.id}"
    answer = act(f"{page}/refuse", {"refuse-reason": f"Samme som {NUMBERS[1]}"}, page=page)
    assert answer.status_code == 422
    assert NUMBERS[1] not in answer.text
    assert again(store, election, filed).state is NominationState.SUBMITTED


def test_a_decision_is_taken_once(act, filed, store, election, clerk):
    """A second decision, as of a colleague with the same page open, is told that there is one."""
    service.refuse(store, clerk, election, filed.id, "Bor ikke i Køge")
    page = f"{LIST}/{filed.id}"
    answer = act(f"{page}/accept", {"accept-reason": "jo"}, page=page)
    assert answer.status_code == 409
    assert "allerede truffet afgørelse" in answer.text
    assert again(store, election, filed).state is NominationState.REFUSED


def test_a_late_nomination_is_shown_and_never_decided(act, desk, store, election, residents, clock, sign_in):
    """Late is late: the page says so and no decision changes it."""
    clock.move_to(datetime(2021, 11, 16, 11, 0, 1, tzinfo=UTC))
    late = stand(store, election)
    sign_in(desk, "clerk")
    page = f"{LIST}/{late.id}"
    assert "Modtaget efter fristen" in desk.get(page).text
    assert act(f"{page}/accept", {"accept-reason": "alligevel"}, page=page).status_code == 409
    assert again(store, election, late).state is NominationState.LATE


def test_a_candidate_withdraws_by_her_own_wish(act, desk, filed, store, election):
    """Withdrawing needs the word that she asked for it, and takes her off the public page."""
    page = f"{LIST}/{filed.id}"
    act(f"{page}/accept", page=page)
    assert act(f"{page}/withdraw", page=page).status_code == 422
    assert act(f"{page}/withdraw", {"withdraw-asked": "y"}, page=page).status_code == 302
    assert again(store, election, filed).state is NominationState.WITHDRAWN
    assert filed.name not in desk.get("/koege-2021/candidates").text


def test_after_the_freeze_nothing_is_decided(act, desk, filed, store, election):
    """From the freeze on no page offers a decision, and none that is sent is taken."""
    page = f"{LIST}/{filed.id}"
    freeze(store, election)
    for step, data in [
        ("accept", {"accept-reason": "x"}),
        ("refuse", {"refuse-reason": "x"}),
        ("withdraw", {"withdraw-asked": "y"}),
        ("line", {"line-line": "lærer"}),
    ]:
        assert f"{page}/{step}" not in desk.get(page).text
        assert act(f"{page}/{step}", data).status_code == 409
    kept = again(store, election, filed)
    assert (kept.state, kept.line) == (NominationState.SUBMITTED, "")


def test_the_freeze_counts_even_for_a_page_opened_before_it(store, clerk, election, filed):
    """A service that was handed the election as it was before the freeze looks again inside its transaction."""
    freeze(store, election)
    assert election.frozen_at is None
    outcome = service.accept(store, clerk, election, filed.id, "x")
    assert outcome == service.Hindered(NominationObstacle.BALLOT_FIXED)


def test_a_person_stands_once(act, desk, store, election, residents):
    """Two nominations with one CPR number are flagged on both pages, and only one of them is accepted."""
    first, second = stand(store, election, "Åse Ærø"), stand(store, election, "Åse Nytnavn")
    assert desk.get(LIST).text.count("flere opstillinger med samme CPR-nummer") == 2
    assert second.receipt in desk.get(f"{LIST}/{first.id}").text
    act(f"{LIST}/{first.id}/accept", page=f"{LIST}/{first.id}")
    answer = act(f"{LIST}/{second.id}/accept", page=f"{LIST}/{second.id}")
    assert answer.status_code == 409
    assert "kun stå én gang" in answer.text
    assert again(store, election, second).state is NominationState.SUBMITTED


def test_two_people_with_nearly_one_name_stay_two(act, desk, store, election, residents):
    """One letter apart they are two persons; both are warned of until each has a line of her own."""
    one = stand(store, election, "Mohammed Ahmed", NUMBERS[0])
    other = stand(store, election, "Mohamed Ahmed", NUMBERS[2])
    warning = "Navnet kan forveksles"
    assert desk.get(LIST).text.count(warning) == 2
    assert "De er to forskellige personer" in desk.get(f"{LIST}/{one.id}").text
    for filed, line in ((one, "lærer"), (other, "buschauffør")):
        act(f"{LIST}/{filed.id}/line", {"line-line": line}, page=f"{LIST}/{filed.id}")
    assert warning not in desk.get(LIST).text
    assert "Tilføjelserne skiller dem ad" in desk.get(f"{LIST}/{one.id}").text
    assert [again(store, election, filed).line for filed in (one, other)] == ["lærer", "buschauffør"]


def test_one_person_sent_in_twice_is_not_told_from_herself(desk, store, election, residents):
    """Two nominations of one person are one matter; no line can tell her from herself."""
    stand(store, election, "Åse Ærø")
    stand(store, election, "Åse Ærø")
    assert "Navnet kan forveksles" not in desk.get(LIST).text


def test_a_line_is_text_for_the_ballot(act, filed, store, election):
    """A line is trimmed and may be taken away; one with a CPR number or a hidden sign is refused."""
    stand(store, election, filed.name, NUMBERS[2])
    page = f"{LIST}/{filed.id}"
    act(f"{page}/line", {"line-line": "  lærer,  Ølby "}, page=page)
    assert again(store, election, filed).line == "lærer, Ølby"
    for bad in (NUMBERS[1], "a\u202eb", "x", "y" * 101):
        assert act(f"{page}/line", {"line-line": bad}, page=page).status_code == 422
    assert again(store, election, filed).line == "lærer, Ølby"
    act(f"{page}/line", {"line-line": ""}, page=page)
    assert again(store, election, filed).line == ""


def test_a_nomination_is_decided_at_its_own_election_only(store, found_election, add_staff, office, sign_in, filed):
    """The secretary of a neighbouring election finds no nomination of this one, under either address."""
    other = found_election(store, "naboby-2021")
    nabo = add_staff(store, other, "nabo", Role.SECRETARIAT)
    browser = sign_in(office.test_client(), "nabo")
    assert browser.get(f"{LIST}/{filed.id}").status_code == 403
    assert browser.get(f"/naboby-2021/secretariat/nominations/{filed.id}").status_code == 404
    token = browser.get("/naboby-2021/secretariat/staff").text.split('name="csrf_token" value="')[1].split('"')[0]
    for step in ("accept", "refuse", "withdraw", "line"):
        data = {"csrf_token": token, f"{step}-reason": "x", "withdraw-asked": "y", "line-line": "lærer"}
        assert browser.post(f"{LIST}/{filed.id}/{step}", data=data).status_code == 403
        path = f"/naboby-2021/secretariat/nominations/{filed.id}/{step}"
        assert browser.post(path, data=data).status_code == 404
    assert isinstance(service.withdraw(store, nabo, other, filed.id), service.NoSuchNomination)


def test_deciding_works_on_both_databases(any_store, found_election, add_staff, clock):
    """A decision is read back the same from SQLite and from PostgreSQL, and the chain of the log holds."""
    clock.move_to(DURING)
    election = found_election(any_store)
    clerk = add_staff(any_store, election, "clerk", Role.SECRETARIAT)
    import_extract(any_store, clerk, election, *RESIDENTS)
    filed = stand(any_store, election)
    assert service.accept(any_store, clerk, election, filed.id, "") == service.Decided()
    with any_store.reading() as connection:
        (kept,) = nominations.accepted(connection, election.id)
        assert kept.nomination.decision.decided_at == DURING
        assert audit.first_broken_link(connection, election.id) is None
