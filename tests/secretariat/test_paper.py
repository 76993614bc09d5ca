"""A form on paper is the same nomination as any other: keyed in as of the instant it was received, corrected with a reason."""

import io
from datetime import timedelta

import pytest
from casework import LIST, RESIDENTS, again, file, freeze, submission
from PIL import Image
from standing import DURING, NUMBERS, TOO_YOUNG, import_extract

from candidates.cpr import parse_cpr
from candidates.identity import Identity
from candidates.nomination import NominationState
from votingapp.desks.secretariat.decisions import service as decisions
from votingapp.desks.secretariat.decisions.examining import examine
from votingapp.desks.secretariat.paper import service
from votingapp.store import decisions as kept_decisions
from votingapp.store import deletions, filing, nominations, notices, proposers
from votingapp.store.notices import NoticeKind
from votingapp.store.staff import Role

PAPER = "/koege-2021/secretariat/paper"
RECEIVED = "2021-11-10T09:30"


@pytest.fixture
def residents(store, clerk, election, clock):
    """An extract in force, while one can stand."""
    clock.move_to(DURING)
    import_extract(store, clerk, election, *RESIDENTS)


@pytest.fixture
def key(desk, act, residents):
    """Key a form in: `key(name=..., cpr=...)`; None leaves a field out."""

    def send(path: str = PAPER, **changes):
        filled = {
            "received_at": RECEIVED,
            "name": "Åse Østergård-Łuczak",
            "cpr": NUMBERS[0],
            "statement": "Flere møder.",
            "address": "Ærøvej 1\n4600 Køge",
            "declared": "y",
            "consented": "y",
        } | changes
        data = {name: value for name, value in filled.items() if value is not None}
        return act(path, data, page=path, content_type="multipart/form-data")

    return send


def every(store, election):
    with store.reading() as connection:
        return nominations.every(connection, election.id)


def test_a_form_on_paper_is_a_nomination_with_a_receipt_to_hand_over(key, store, election, clerk):
    """It is kept as of the instant of receipt, to be identified, with a receipt number and a letter that says all of it."""
    answer = key()
    assert answer.status_code == 302
    (filed,) = every(store, election)
    assert (filed.identity, filed.state, filed.applicant_id) == (Identity.PAPER, NominationState.SUBMITTED, None)
    assert filed.nomination.submitted_at == DURING - timedelta(minutes=30)
    with store.reading() as connection:
        (notice,) = notices.of_nomination(connection, election.id, filed.id)
        contact = filing.contact_of(connection, store.vault, election.id, filed.id)
    assert (notice.kind, notice.complain_by) == (NoticeKind.RECEIVED, None)
    assert contact.address == "Ærøvej 1\n4600 Køge"
    examined = examine(store, clerk, election, filed.id)
    assert [one.satisfied for one in examined.findings] == [None, True, True, True, True]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"received_at": "2021-11-10T10:01"}, "ligger i fremtiden"),
        ({"received_at": "2021-09-01T10:00"}, "Opstillingen åbnede først"),
        ({"received_at": "2021-10-31T02:30"}, "det kommer to gange"),
        ({"received_at": "i går"}, "Skriv en dato og et klokkeslæt."),
        ({"received_at": ""}, "hvornår skemaet blev modtaget"),
        ({"name": ""}, "Skriv kandidatens navn."),
        ({"cpr": ""}, "eller skriv fødselsdatoen nedenfor"),
        ({"cpr": "7012620001"}, "erstatningsnummer"),
        ({"cpr": "9999999999"}, "ikke en dato"),
        ({"birth_date": "1980-01-01"}, "ikke begge"),
        ({"email": "x@y.dk\nBcc: z@y.dk"}, "E-mailen skal se ud som"),
        ({"phone": "ring efter fem"}, "Telefonnummeret må kun"),
        ({"own_statement": "Hej"}, "Vælg det sprog"),
        ({"own_statement": "Hej", "own_language": "other"}, "Skriv, hvad sproget hedder."),
        ({"statement": "å" * 5000}, "intet skæres fra"),
        ({"statement": f"ring {NUMBERS[1]}"}, "Skriv ikke et CPR-nummer her"),
        ({"consented": None}, "Uden samtykke kan skemaet ikke tastes ind"),
        ({"photo": (io.BytesIO(b"<svg onload=x>"), "foto.jpg")}, "ikke et billede"),
    ],
)
def test_each_mistake_is_explained_and_nothing_is_kept(key, store, election, changes, says):
    """What is wrong is said at its field; the number is not shown again, what else was typed is."""
    answer = key(**changes)
    assert answer.status_code in {409, 422}
    assert says in answer.text
    assert NUMBERS[0] not in answer.text
    assert every(store, election) == ()


def test_late_by_the_instant_of_receipt_is_kept_as_late(key, store, election, clock, desk, sign_in):
    """A paper of the last second is in though keyed in days later; one second after it is kept as late, and told so."""
    clock.move_to(election.rules.nomination.cure_until)
    sign_in(desk, "clerk")
    assert key(received_at="2021-11-16T12:00:00").status_code == 302
    answer = key(received_at="2021-11-16T12:00:01", name="Cilla Hemmelig", cpr=NUMBERS[2])
    assert answer.status_code == 302
    states = {filed.name: filed.state for filed in every(store, election)}
    assert states == {"Åse Østergård-Łuczak": NominationState.SUBMITTED, "Cilla Hemmelig": NominationState.LATE}
    (late,) = (filed for filed in every(store, election) if filed.state is NominationState.LATE)
    with store.reading() as connection:
        assert [one.kind for one in notices.of_nomination(connection, election.id, late.id)] == [NoticeKind.LATE]


def test_pressed_twice_is_one_nomination(key, store, election):
    """The same paper keyed in again, by a second press or a colleague, is not kept twice."""
    first, second = key(), key()
    assert first.location == second.location
    assert len(every(store, election)) == 1
    key(cpr=None, birth_date="1980-02-29", name="Uden Nummer")
    key(cpr=None, birth_date="1980-02-29", name="Uden Nummer")
    assert len(every(store, election)) == 2


def test_a_person_without_a_number_is_judged_by_people(key, store, election, clerk):
    """By the documented birth date alone: age is known, number and residence are open, and accepting needs a reason."""
    key(cpr="", birth_date="1980-02-29", evidence="opholdskort")
    (filed,) = every(store, election)
    findings = {one.code.value: one.satisfied for one in examine(store, clerk, election, filed.id).findings}
    assert findings == {"identity": True, "cpr": None, "age": True, "residence": None, "declaration": True}
    assert decisions.accept(store, clerk, election, filed.id, "") != decisions.Decided()
    assert decisions.accept(store, clerk, election, filed.id, "Lejekontrakt er set.") == decisions.Decided()


def test_a_photograph_of_a_paper_form_is_kept_with_it(key, store, election, desk):
    """The picture is taken in like any other and shown to the secretariat."""
    picture = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(picture, "JPEG")
    picture.seek(0)
    assert key(photo=(picture, "foto.jpg")).status_code == 302
    (filed,) = every(store, election)
    assert filed.photo_id is not None
    assert desk.get(f"{LIST}/{filed.id}/photo.jpg").mimetype == "image/jpeg"


def test_a_slip_of_the_keyboard_is_a_new_version_with_a_reason(key, store, election, clerk, desk, clock):
    """The old version stays in the history; without a reason nothing is changed; the number need not be typed again."""
    key()
    (filed,) = every(store, election)
    page = f"{LIST}/{filed.id}/paper"
    clock.advance(minutes=5)
    wrong = key(page, cpr="", name="Åse Østergaard", mode="slip", reason="")
    assert wrong.status_code == 422
    assert "Skriv, hvad der bliver rettet" in wrong.text
    assert key(page, cpr="", name="Åse Østergaard", mode="slip", reason="Navnet var tastet forkert.").status_code == 302
    now = again(store, election, filed)
    assert (now.name, now.version, now.cpr_hash) == ("Åse Østergaard", 2, filed.cpr_hash)
    assert now.nomination.submitted_at == filed.nomination.submitted_at
    shown = desk.get(f"{LIST}/{filed.id}").text
    assert "<del>Østergård-Łuczak</del><ins>Østergaard</ins>" in shown
    assert "Navnet var tastet forkert." in shown


def test_a_decided_form_is_reopened_before_a_slip_is_corrected(key, store, election, clerk):
    """Nothing accepted changes behind the decision."""
    key(evidence="pas")
    (filed,) = every(store, election)
    decisions.accept(store, clerk, election, filed.id, "")
    page = f"{LIST}/{filed.id}/paper"
    answer = key(page, cpr="", mode="slip", reason="Tastefejl.")
    assert answer.status_code == 409
    assert "Åbn den igen" in answer.text
    assert again(store, election, filed).version == 1


@pytest.mark.parametrize("border", [("12:00:00", "submitted"), ("12:00:01", "returned")])
def test_a_defect_is_mended_on_paper_to_the_second(key, store, election, clerk, clock, desk, sign_in, border):
    """Mending handed in on paper counts by the instant it was received, keyed in whenever."""
    received, state = border
    key()
    (filed,) = every(store, election)
    decisions.send_back(store, clerk, election, filed.id, "Skriv under.")
    clock.move_to(election.rules.nomination.cure_until + timedelta(hours=3))
    sign_in(desk, "clerk")
    key(f"{LIST}/{filed.id}/paper", cpr="", mode="change", reason="Mangel.", received_at=f"2021-11-18T{received}")
    assert again(store, election, filed).state.value == state


def test_only_what_came_on_paper_is_keyed_in_again(desk, store, election, residents):
    """The secretariat does not change what a candidate wrote herself."""
    assert desk.get(f"{LIST}/{file(store, election).id}/paper").status_code == 404
    assert desk.get(f"{LIST}/none/paper").status_code == 404


def test_after_the_freeze_no_form_changes_the_ballot(key, store, election):
    """A form received in time and found after the freeze is not kept silently: the page says why."""
    freeze(store, election)
    answer = key()
    assert answer.status_code == 409
    assert "Stemmesedlen ligger fast" in answer.text
    assert every(store, election) == ()


def test_after_the_lot_no_form_gets_a_place(key, store, election, clerk, clock, desk, sign_in):
    """Whoever keys a form in when the lot is known would choose its place."""

    def announce(work):
        kept_decisions.announce_lot(work, election.id, "terninger", DURING + timedelta(hours=1), clerk.id)
        work.record(election.id, "test", "lot_announced")

    store.write(announce)
    clock.advance(hours=2)
    sign_in(desk, "clerk")
    answer = key()
    assert answer.status_code == 409
    assert "Lodtrækningen om rækkefølgen er holdt" in answer.text


def test_proposers_on_paper_count_in_the_finding(store, found_election, add_staff, koege_rules, office, sign_in, clock):
    """Each proposer who signed is looked up; a line that cannot be read is refused, and no number is shown again."""
    clock.move_to(DURING)
    rules = koege_rules.replace("proposers = 0", "proposers = 2")
    election = found_election(store, "stillere-2021", rules)
    clerk = add_staff(store, election, "stilla", Role.SECRETARIAT)
    import_extract(store, clerk, election, *RESIDENTS)
    browser = sign_in(office.test_client(), "stilla")
    page = "/stillere-2021/secretariat/paper"
    filled = {
        "received_at": RECEIVED,
        "name": "Åse Østergård",
        "cpr": NUMBERS[0],
        "declared": "y",
        "consented": "y",
        "proposers": f"{NUMBERS[2]} Cilla Hemmelig\nBo Borte",
    }
    wrong = browser.submit(page, filled)
    assert "Linje 2 kan ikke læses" in wrong.text
    assert NUMBERS[2] not in wrong.text
    lines = f"{NUMBERS[2]} Cilla Hemmelig\n{NUMBERS[0]} Åse selv\n{TOO_YOUNG} Dan Ung"
    assert browser.submit(page, filled | {"proposers": lines}).status_code == 302
    (filed,) = every(store, election)
    assert "bakker også en anden" not in browser.get(f"/stillere-2021/secretariat/nominations/{filed.id}").text
    other = file(store, election, "Bo Ek", NUMBERS[1])

    def back_both(work):
        proposers.enter(work, election.id, other.id, "Cilla", parse_cpr(NUMBERS[2]), clerk.id, None)
        work.record(election.id, "test", "entered")

    store.write(back_both)
    text = browser.get(f"/stillere-2021/secretariat/nominations/{filed.id}").text
    assert text.count("bakker også en anden kandidat op") == 1
    finding = examine(store, clerk, election, filed.id).findings[-1]
    assert (finding.satisfied, dict(finding.parameters)) == (False, {"needed": 2, "eligible": 1, "unknown": 0})
    with store.reading() as connection:
        backing = proposers.backing(connection, store.vault, election, filed.id)
    assert [one.is_candidate for one in backing].count(True) == 1
    assert "er kandidaten selv" in browser.get(f"/stillere-2021/secretariat/nominations/{filed.id}").text


def test_proposers_keyed_in_again_take_the_place_of_the_first(store, election, clerk, clock):
    """A mistyped proposer goes, nobody stands there twice, whoever was sent a link stays, and no list changes nothing."""
    clock.move_to(DURING)
    cpr = [parse_cpr(number) for number in NUMBERS]
    form = submission(identity=Identity.PAPER)

    def listed():
        with store.reading() as connection:
            asked = proposers.asked_for(connection, store.vault, election.id, kept.nomination_id)
        return sorted(one.name for one in asked)

    def ask(work):
        proposers.ask(work, election.id, kept.nomination_id, "Stine", "stine@eksempel.dk")
        work.record(election.id, "candidate", "proposer_asked", nomination=kept.nomination_id)

    def again_with(*signed):
        why = service.Correction(service.Again.SLIP, "Tastefejl.")
        paper = service.Paper(form, DURING, proposers=signed)
        return service.key_again(store, clerk, election, kept.nomination_id, paper, why)

    kept = service.key(store, clerk, election, service.Paper(form, DURING, proposers=(("Bo", cpr[1]), ("C", cpr[2]))))
    store.write(ask)
    again_with(("Bo", cpr[1]), ("Cilla", cpr[3]))
    assert listed() == ["Bo", "Cilla", "Stine"]
    again_with()
    assert listed() == ["Bo", "Cilla", "Stine"]


@pytest.mark.parametrize("opens", [True, False])
def test_a_new_text_on_paper_waits_for_a_notice_that_asks_for_it(
    key, store, election, clerk, clock, desk, sign_in, opens
):
    """After the deadline a change on paper leaves alone what voters read, but where the defect notice opened it."""
    key(statement="Hej")
    (filed,) = every(store, election)
    clock.move_to(election.rules.nomination.closes + timedelta(hours=1))
    decisions.send_back(store, clerk, election, filed.id, "Skriv under.", opens_presentation=opens)
    clock.advance(hours=1)
    sign_in(desk, "clerk")
    page, change = f"{LIST}/{filed.id}/paper", {"cpr": "", "mode": "change", "reason": "Ny tekst modtaget."}
    received = "2021-11-16T13:30:00"
    answer = key(page, statement="Ny tekst", received_at=received, **change)
    assert answer.status_code == (302 if opens else 409)
    assert ("åbnede ikke for navn" in answer.text) is not opens
    assert again(store, election, filed).statement == ("Ny tekst" if opens else "Hej")
    if not opens:
        assert key(page, statement="Hej", phone="12345678", received_at=received, **change).status_code == 302
        assert again(store, election, filed).state.value == "submitted"


def test_where_the_data_is_deleted_no_late_form_is_kept(store, election, clerk, clock):
    """Also where no vote was held and a form that is too late is kept: nothing would delete it any more."""
    clock.move_to(DURING + timedelta(days=60))
    paper = service.Paper(submission(identity=Identity.PAPER), clock.now)

    def delete(work):
        deletions.announce(work, election.id, (clerk, clerk), {})
        work.keep_unrecorded()

    store.write(delete)
    assert service.key(store, clerk, election, paper) == service.NotKeyed(service.PaperObstacle.BALLOT_FIXED)
    assert every(store, election) == ()
