"""Proposers: each answers for herself through a link of her own, and only the secretariat learns who counts."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from identity import add_applicant, sign_in_applicant
from shut_doors import doors
from standing import DECLARATION, DURING, NUMBERS, TOO_YOUNG, form, import_extract, kept_bytes

from candidates.cpr import parse_cpr
from candidates.nomination import Decision, NominationObstacle, return_for_cure
from candidates.proposers import weigh
from votingapp.desks.nomination import service as nomination_desk
from votingapp.desks.proposers import service
from votingapp.desks.proposers.service import Done, HeldBack, NotNow
from votingapp.store import audit, nominations, post, proposers

ASK = "/koege-2021/stand/proposers"
CLOSES = datetime(2021, 11, 16, 11, 0, tzinfo=UTC)
CURE_UNTIL = datetime(2021, 11, 18, 11, 0, tzinfo=UTC)
LAST_MICROSECOND = timedelta(microseconds=999_999)
A_SECOND = timedelta(seconds=1)
READER = ("da", "http://127.0.0.1:8000/koege-2021/")


@pytest.fixture
def election(store, found_election, koege_rules):
    """Køge 2021 with rules that ask for two proposers."""
    return found_election(store, rules_text=koege_rules.replace("proposers = 0 ", "proposers = 2 "))


@pytest.fixture
def applicant(store, election, client, clock):
    """Somebody who has sent her nomination, known in `client`."""
    clock.move_to(DURING)
    known = sign_in_applicant(client, store, election, cpr=NUMBERS[0], name="Åse Ærø")
    client.submit("/koege-2021/stand/form", form(cpr=None, name="Åse Ærø"))
    return known


@pytest.fixture
def own(store, election, applicant):
    """Her nomination: `own()`."""

    def read():
        with store.reading() as connection:
            return nominations.of_applicant(connection, election.id, applicant.id)

    return read


@pytest.fixture
def ask(store, election, applicant, clock):
    """Ask somebody by mail, a second after whoever was asked before, and give the token of her link: `ask("Bo")`."""

    def write(name: str = "Bo Ærø") -> str:
        clock.advance(seconds=1)
        assert service.ask(store, election, applicant, (name, f"{len(name)}@eksempel.dk"), READER, "10.0.0.1") == Done()
        return re.search(r"/propose/([\w-]+)", mails(store)[-1].mail.text)[1]

    return write


@pytest.fixture
def confirm(store, election):
    """Say yes through a link: `confirm(token, number)`."""

    def say(token: str, number: str, declared: str | None = DECLARATION):
        return service.confirm(store, election, token, parse_cpr(number), declared, "198.51.100.7")

    return say


@pytest.fixture
def counted(store, election, own):
    """The proposers who have confirmed, as the finding counts them: `counted()`."""

    def read():
        with store.reading() as connection:
            return proposers.confirmed(connection, store.vault, election, own().id)

    return read


@pytest.fixture
def send_back(store, election, own, add_staff, clock):
    """Let an official send her a defect notice: `send_back()`."""
    official = add_staff(store, election, "bente")

    def send():
        decision = Decision(official.id, clock(), "Der mangler stillere.")
        returned = return_for_cure(own().nomination, decision, election.rules.nomination, ballot_fixed=False)
        assert not isinstance(returned, NominationObstacle)

        def keep(work):
            nominations.keep(work.connection, election.id, own().id, returned)
            work.record(election.id, "bente", "returned")

        store.write(keep)

    return send


def mails(store) -> list:
    found = []
    while (claimed := store.write(post.claim)) is not None:
        found.append(claimed)
    return [one for one in found if one.kind is post.Kind.PROPOSER_LINK]


def yes(**changes) -> dict[str, str]:
    filled = {"cpr": NUMBERS[1], "declared": "y"} | changes
    return {name: value for name, value in filled.items() if value is not None}


def test_a_proposer_answers_through_her_link(client, office, store, election, applicant, clock, counted):
    """Asked by mail, she reads whom she backs, says yes under her own number, and the candidate sees that one has."""
    client.submit(ASK, {"name": "Bo Ærø", "email": "bo@eksempel.dk"})
    (mail,) = mails(store)
    assert mail.mail.to == "bo@eksempel.dk"
    assert "Åse Ærø vil gerne stille op" in mail.mail.text
    assert "Åse" not in mail.mail.subject
    path = re.search(r"http://127.0.0.1:8000(/koege-2021/propose/[\w-]+)", mail.mail.text)[1]
    visitor = office.test_client()
    page = visitor.get(path).text
    for words in ("Åse Ærø", "Flere møder om aftenen", "dataansvarlig", "16. november 2021 kl. 12.00.00"):
        assert words in page
    assert counted() == ()
    clock.advance(hours=1)
    told = visitor.submit(path, yes(), follow_redirects=True).text
    assert "Tak. Dit svar er modtaget." in told
    assert NUMBERS[1] not in told
    assert [one.eligible for one in counted()] == [None]
    assert "Du har spurgt 1. 1 har svaret ja." in client.get(ASK).text


def test_answers_from_one_ipv6_network_are_counted_together(office, store, ask):
    """Yes and no from two addresses of one /64 are one visitor's."""
    path = f"/koege-2021/propose/{ask()}"
    visitor = office.test_client()
    for last, where, filled in ((1, path, yes()), (2, f"{path}/take-back", {})):
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', visitor.get(path).text)[1]
        visitor.post(where, data=filled | {"csrf_token": token}, environ_overrides={"REMOTE_ADDR": f"2001:db8::{last}"})
    assert doors(store, "propose:") == {"propose:2001:db8::/64": 2}


def test_looking_at_the_link_changes_nothing(office, store, election, ask, counted):
    """Mail programs open links: however often it is opened nobody has said yes, and it still works."""
    path = f"/koege-2021/propose/{ask()}"
    visitor = office.test_client()
    for _ in range(3):
        assert visitor.get(path).status_code == 200
    assert counted() == ()
    assert visitor.submit(path, yes()).status_code == 302
    assert len(counted()) == 1


def test_strangers_learn_nothing_from_the_answer(office, store, election, ask, confirm, add_staff):
    """Resident, of elsewhere, unknown, too young, the candidate herself or somebody's proposer already: one and the same page."""
    official = add_staff(store, election, "bente")
    import_extract(store, official, election, f"{NUMBERS[1]};Bo;0259;nej", f"{NUMBERS[2]};Cilla;0101;ja")
    confirm(ask("Den første"), NUMBERS[1])
    told = set()
    for place, number in enumerate((*NUMBERS, TOO_YOUNG)):
        token = ask(f"Nr. {place}")
        visitor = office.test_client()
        page = visitor.submit(f"/koege-2021/propose/{token}", yes(cpr=number), follow_redirects=True).text
        told.add(re.sub(r'name="csrf_token"[^>]*', "", page.replace(token, "TOKEN")))
    assert len(told) == 1


def test_who_counts_is_held_against_the_register(store, election, own, ask, confirm, counted, add_staff):
    """Each is eligible, not, or unknown; twice the same is one, and the candidate never counts for herself."""
    official = add_staff(store, election, "bente")
    rows = (f"{NUMBERS[0]};Åse;0259;nej", f"{NUMBERS[1]};Bo;0259;nej", f"{NUMBERS[2]};Cilla;0101;nej")
    import_extract(store, official, election, *rows, f"{TOO_YOUNG};Dan;0259;nej")
    numbers = (NUMBERS[0], NUMBERS[1], NUMBERS[1], NUMBERS[2], NUMBERS[3], TOO_YOUNG)
    for place, number in enumerate(numbers):
        confirm(ask("N" * (place + 2)), number)
    found = counted()
    assert [one.eligible for one in found] == [True, True, True, False, None, False]
    assert [one.is_candidate for one in found] == [True, False, False, False, False, False]
    weighed = weigh(found, 2)
    assert (weighed.eligible, weighed.unknown, weighed.satisfied) == (1, 1, None)
    with store.reading() as connection:
        seen = proposers.backing(connection, store.vault, election, own().id)
    assert [one.resident.name if one.resident else None for one in seen] == ["Åse", "Bo", "Bo", "Cilla", None, "Dan"]


def test_without_the_declaration_of_voters_nobody_counts(ask, confirm, counted, store, election, add_staff):
    """The declaration is part of being one who may vote."""
    import_extract(store, add_staff(store, election, "bente"), election, f"{NUMBERS[1]};Bo;0259;nej")
    token = ask()
    confirm(token, NUMBERS[1], None)
    assert [one.eligible for one in counted()] == [False]
    confirm(token, NUMBERS[1])
    assert [one.eligible for one in counted()] == [True]


def test_support_is_taken_back_through_the_same_link(office, store, election, ask, counted, settings):
    """She may change her mind, after which her number is nowhere, and change it back."""
    path = f"/koege-2021/propose/{ask()}"
    visitor = office.test_client()
    visitor.submit(path, yes())
    token = visitor.get(path).text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    told = visitor.post(f"{path}/take-back", data={"csrf_token": token}, follow_redirects=True).text
    assert "Du er ikke længere stiller." in told
    assert counted() == ()
    visitor.submit(path, yes())
    assert len(counted()) == 1


@pytest.mark.parametrize(
    ("at", "outcome"), [(CLOSES, Done()), (CLOSES + LAST_MICROSECOND, Done()), (CLOSES + A_SECOND, NotNow())]
)
def test_the_deadline_holds_for_proposers(store, election, applicant, ask, confirm, clock, at, outcome):
    """To the end of 12:00:00 people are asked, say yes and take it back; at 12:00:01 nothing changes any more."""
    first, second = ask("Bo"), ask("Cilla")
    confirm(second, NUMBERS[2])
    clock.move_to(at)
    assert confirm(first, NUMBERS[1]) == outcome
    assert service.take_back(store, election, second, "198.51.100.7") == outcome
    assert service.ask(store, election, applicant, ("Dan", "dan@eksempel.dk"), READER, "10.0.0.1") == outcome
    opened = service.open_link(store, election, first)
    assert (opened.until is None) == (outcome == NotNow())


@pytest.mark.parametrize(
    ("at", "outcome"), [(CURE_UNTIL + LAST_MICROSECOND, Done()), (CURE_UNTIL + A_SECOND, NotNow())]
)
def test_who_was_sent_back_may_find_proposers_in_the_cure_period(ask, confirm, clock, send_back, at, outcome):
    """With a defect notice the cure period counts, for those whom it was sent to alone."""
    token = ask()
    clock.move_to(CLOSES + A_SECOND)
    assert confirm(token, NUMBERS[1]) == NotNow()
    send_back()
    clock.move_to(at)
    assert confirm(token, NUMBERS[1]) == outcome


def test_nobody_backs_a_nomination_that_was_withdrawn(store, election, applicant, ask, confirm):
    """With the nomination the asking ends."""
    token = ask()
    nomination_desk.withdraw(store, election, applicant)
    assert confirm(token, NUMBERS[1]) == NotNow()
    assert service.ask(store, election, applicant, ("Bo", "bo@eksempel.dk"), READER, "10.0.0.1") == NotNow()


def test_who_is_removed_has_a_link_that_opens_nothing(client, office, store, election, applicant, ask, own):
    """The candidate may take somebody off, but not another candidate's proposer, nor one entered from paper."""
    token = ask()
    with store.reading() as connection:
        (asked,) = proposers.asked_for(connection, store.vault, election.id, own().id)
    other = office.test_client()
    sign_in_applicant(other, store, election, cpr=NUMBERS[2], name="Cilla")
    other.submit("/koege-2021/stand/form", form(cpr=None, name="Cilla"))
    hers = other.get(ASK).text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    other.post(f"{ASK}/{asked.id}/remove", data={"csrf_token": hers})
    assert service.open_link(store, election, token) is not None
    page = client.get(ASK).text
    mine = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    client.post(f"{ASK}/{asked.id}/remove", data={"csrf_token": mine})
    assert office.test_client().get(f"/koege-2021/propose/{token}").status_code == 404


def test_a_candidate_sees_neither_who_answered_nor_what_the_register_says(client, ask, confirm):
    """Her page lists whom she asked and how many said yes, the same whichever of them it was."""
    first, second = ask("Bo"), ask("Cilla")
    confirm(first, NUMBERS[1])
    one = re.sub(r'name="csrf_token"[^>]*', "", client.get(ASK).text)
    confirm(second, NUMBERS[2])
    two = re.sub(r'name="csrf_token"[^>]*', "", client.get(ASK).text)
    assert "1 har svaret ja" in one
    assert one.replace("1 har svaret ja", "2 har svaret ja") == two
    assert NUMBERS[1][:6] not in two


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cpr": ""}, "Skriv dit CPR-nummer"),
        ({"cpr": "123"}, "ti cifre"),
        ({"cpr": "6112620001"}, "erstatningspersonnummer"),
        ({"declared": None}, "Sæt kryds her"),
    ],
)
def test_each_fault_of_an_answer_is_told(office, ask, counted, changes, says):
    """A wrong field is named, the number is not shown again, and nothing is kept."""
    answer = office.test_client().submit(f"/koege-2021/propose/{ask()}", yes(**changes))
    assert answer.status_code == 422
    assert says in answer.text
    assert NUMBERS[1] not in answer.text
    assert counted() == ()


@pytest.mark.parametrize("email", ["bo", "bo@eksempel.dk\r\nBcc: alle@eksempel.dk", "bo@eksempel.dk,x@y.dk z@y.dk"])
def test_a_mail_goes_to_one_address(client, store, applicant, email):
    """What is no single address is refused, and nothing is sent."""
    assert client.submit(ASK, {"name": "Bo", "email": email}).status_code == 422
    assert mails(store) == []


def test_a_candidate_learns_that_a_mail_did_not_arrive(client, store, applicant):
    """How many, so that she looks at the addresses; the house keeps no link that nobody got."""
    client.submit(ASK, {"name": "Bo Ærø", "email": "bo@eksempel.dk"})
    assert "kunne ikke leveres" not in client.get(ASK).text
    asked = next(one for one in iter(lambda: store.write(post.claim), None) if one.kind is post.Kind.PROPOSER_LINK)
    store.write(lambda work: post.give_up(work, asked))
    assert "1 e-mail kunne ikke leveres." in client.get(ASK).text


def test_the_house_is_nobodys_means_of_writing_to_strangers(store, election, applicant, clock):
    """Three times the number needed and five may be asked; who removes and asks again is held back after thirty mails."""
    outcomes = [
        service.ask(store, election, applicant, ("Bo", f"{n}@eksempel.dk"), READER, "10.0.0.1") for n in range(40)
    ]
    assert outcomes.count(Done()) == 11
    assert outcomes[11:30] == [NotNow()] * 19
    assert outcomes[30:] == [HeldBack()] * 10
    assert len(mails(store)) == 11


def test_one_network_does_not_write_to_all_the_world(store, election):
    """Applicants cost an e-mail each, so what all of one network may have sent has a bound too; another network goes on."""
    many = [add_applicant(store, election, email=f"{number}@eksempel.dk") for number in range(8)]
    asked = ("Bo", "bo@eksempel.dk")
    told = [service.ask(store, election, many[n // 30], asked, READER, "10.0.0.1") for n in range(201)]
    assert told == [NotNow()] * 200 + [HeldBack()]
    assert service.ask(store, election, many[7], asked, READER, "10.0.0.2") == NotNow()


def test_tokens_and_people_are_not_in_the_files(store, election, ask, confirm, settings):
    """Neither the link, nor who was asked, nor her number or address can be read from the disk or in the log."""
    token = ask("Bodil Æbelø")
    confirm(token, NUMBERS[1])
    on_disk = kept_bytes(settings)
    with store.reading() as connection:
        log = "".join(entry.details for entry in audit.entries(connection, election.id))
    for secret in (token, "Bodil Æbelø", NUMBERS[1], "11@eksempel.dk"):
        assert secret.encode() not in on_disk
        assert secret not in log


def test_a_link_opens_nothing_elsewhere(office, store, found_election, ask):
    """At another election, or changed by a sign, it is not found."""
    found_election(store, "naboby-2021")
    token = ask()
    visitor = office.test_client()
    assert visitor.get(f"/naboby-2021/propose/{token}").status_code == 404
    assert visitor.get(f"/koege-2021/propose/{token}x").status_code == 404
    assert visitor.get(f"/koege-2021/propose/{token}").status_code == 200


def test_rules_without_proposers_have_no_such_page(store, found_election, office, clock):
    """Where nobody needs proposers the page is not there."""
    plain = found_election(store, "uden-stillere")
    clock.move_to(DURING)
    client = office.test_client()
    sign_in_applicant(client, store, plain, cpr=NUMBERS[0], name="Åse")
    client.submit("/uden-stillere/stand/form", form(cpr=None))
    assert client.get("/uden-stillere/stand/proposers").status_code == 404
    assert "Stillere" not in client.get("/uden-stillere/stand/mine").text


def test_a_form_on_paper_enters_a_proposer_who_counts(store, election, own, counted, add_staff, applicant):
    """Keyed in by an official she is confirmed at once, has no link, and cannot be removed by the candidate."""
    official = add_staff(store, election, "bente")
    import_extract(store, official, election, f"{NUMBERS[1]};Bo;0259;nej")
    cpr = parse_cpr(NUMBERS[1])

    def enter(work):
        made = proposers.enter(work, election.id, own().id, "Bo Ærø", cpr, official.id, DECLARATION)
        work.record(election.id, official.login, "proposer_entered")
        return made

    entered = store.write(enter)
    assert [one.eligible for one in counted()] == [True]
    assert service.remove(store, election, applicant, entered) == NotNow()
