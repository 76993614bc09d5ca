"""A candidate's own page: how it stands, what comes next, what was said to her; the preview; and nobody else's business."""

import pytest
from identity import sign_in_applicant
from standing import DURING, NUMBERS, TOO_YOUNG, form, import_extract, stand

from candidates.identity import Identity
from candidates.nomination import NominationState
from votingapp.desks.secretariat.decisions import service as desk

FORM = "/koege-2021/stand/form"
MINE = "/koege-2021/stand/mine"
PREVIEW = "/koege-2021/stand/preview"
OWN_PAGES = (FORM, MINE, PREVIEW, "/koege-2021/stand/withdraw")


@pytest.fixture
def official(store, election, add_staff):
    """Somebody of the secretariat."""
    return add_staff(store, election, "bente", name="Bente Ærø")


def test_before_anything_is_sent_the_page_says_so(her):
    """Nothing sent, then a draft: either is said, with the time left and the way on."""
    assert "Du har ikke sendt din opstilling endnu" in her.page()
    her.send(form(act="save"))
    page = her.page()
    assert "Din kladde er gemt 10. november 2021 kl. 10.00" in page
    assert "6 dage og 2 timer" in page
    assert FORM in page


def test_every_decision_is_told_with_reason_date_name_and_complaint(her, store, election, official, clock):
    """Returned, accepted and refused: what, why, when, by whom, until when she may complain or mend."""
    her.send(form())
    desk.send_back(store, official, election, her.filed.id, "Skriv dit fulde navn.")
    page = her.page()
    for words in (
        "Skriv dit fulde navn.",
        "Ret nu",
        "18. november 2021 kl. 12.00.00",
        "8 dage og 2 timer",
        "Bente Ærø",
    ):
        assert words in page
    assert "Skriv dit fulde navn." in her.page(FORM)
    her.send(form(name="Åse Marie Østergård"))
    assert "Sekretariatet gennemgår den" in her.page()
    desk.refuse(store, official, election, her.filed.id, "Bor ikke i kommunen.")
    page = her.page()
    for words in (
        "afvist",
        "Bor ikke i kommunen.",
        "10. november 2021",
        "Bente Ærø",
        "kan du klage",
        "17. november 2021",
    ):
        assert words in page
    assert "Noget skal rettes" in page


def test_an_accepted_candidate_is_shown_the_way_to_her_page(her, store, election, official):
    """Accepted, she finds her public page, and may still change or step back."""
    her.send(form())
    desk.accept(store, official, election, her.filed.id, "Kendt af os.")
    page = her.page()
    assert "Din opstilling er godkendt" in page
    assert f"/koege-2021/candidates/{her.filed.public_id}" in page
    assert "/koege-2021/stand/withdraw" in page


def test_the_clock_shows_the_time_to_the_very_deadline(her, clock):
    """The page holds the deadline and the house's time for the script, and the words for whoever has none."""
    her.send(form())
    page = her.page()
    assert 'data-until="2021-11-16T11:00:00+00:00"' in page
    assert 'data-now="2021-11-10T09:00:00+00:00"' in page
    clock.move_to(DURING.replace(day=16, hour=10, minute=59, second=30))
    her.come_back()
    assert "30 sekunder" in her.page()
    clock.move_to(DURING.replace(day=16, hour=11, minute=0, second=1))
    assert "data-until" not in her.page()


def test_residence_stays_open_for_whoever_only_typed_a_number(comes, store, election, official):
    """Known by e-mail, the page is the same whether the number is a resident's, another's or nobody's; MitID may know."""
    import_extract(store, official, election, f"{NUMBERS[0]};Åse;0259;nej", f"{NUMBERS[1]};Bo;0101;ja")
    told = set()
    for place, number in enumerate(NUMBERS[:3]):
        stranger = comes(email=f"{place}@eksempel.dk")
        stranger.send(form(cpr=number))
        page = stranger.page().replace(stranger.filed.receipt, "RECEIPT").replace(f"{place}@", "0@")
        told.add(page.split("<main", 1)[1].split('name="csrf_token"', 1)[0])
    assert len(told) == 1
    assert "Sekretariatet ser i folkeregisteret" in told.pop()
    vouched = comes(cpr=NUMBERS[1], name="Bo")
    vouched.send(form(cpr=None))
    assert "Du bor ikke i Køge Kommune" in vouched.page()


def test_a_second_nomination_for_one_number_gets_the_same_kind_of_answer(comes, filed):
    """Whoever types the number of somebody who has stood learns nothing, and both nominations are kept."""
    told = []
    for place in range(2):
        one = comes(email=f"{place}@eksempel.dk")
        assert one.send(form()).status_code == 302
        page = one.page().replace(one.filed.receipt, "RECEIPT").replace(f"{place}@", "0@")
        told.append(page.split("<main", 1)[1].split("csrf_token", 1)[0])
    assert told[0] == told[1]
    assert len(filed()) == 2


def test_a_candidate_too_young_is_told_when_she_is_old_enough(comes):
    """Who turns eighteen on the day after the election reads it on her own page."""
    young = comes(email="ung@eksempel.dk")
    young.send(form(cpr=TOO_YOUNG, warned="age"))
    assert "Du fylder først 18 år den 24. november 2021" in young.page()


def test_the_page_keeps_everything_she_sent(her, clock):
    """Each version is there with its second, the newest first."""
    her.send(form(statement="Første"))
    clock.advance(minutes=5, seconds=7)
    her.send(form(cpr="", statement="Anden"))
    page = her.page()
    assert page.index("10. november 2021 kl. 10.05.07") < page.index("Anden") < page.index("Første")


def test_stepping_back_is_asked_once_and_can_be_undone_by_standing_anew(her):
    """Opening the page withdraws nothing; the button does; then she may stand again with what she wrote."""
    her.send(form())
    assert "Er du sikker?" in her.page("/koege-2021/stand/withdraw")
    assert her.filed.state is NominationState.SUBMITTED
    page = her.client.submit("/koege-2021/stand/withdraw", {}, follow_redirects=True).text
    assert "Du har trukket din opstilling tilbage" in page
    assert her.filed.state is NominationState.WITHDRAWN
    assert "Stil op igen" in page
    assert "Flere møder om aftenen" in her.page(FORM)
    assert "ingen opstilling, som kan trækkes tilbage" in her.page("/koege-2021/stand/withdraw")


def test_the_preview_is_what_voters_see(her):
    """Draft or sent, it shows name, both texts with language and direction, and her line on the ballot with the silhouette."""
    assert her.client.get(PREVIEW).location == FORM
    her.send(form(act="save", own_language="ar", own_statement="مرحبا"))
    page = her.page(PREVIEW)
    assert "Dette er din kladde. Den er ikke sendt." in page
    assert '<div class="statement" lang="ar" dir="rtl">' in page
    assert page.count("<h1") == 1
    assert page.count('class="portrait"') == 2
    her.send(form())
    assert "Sådan har du sendt det" in her.page(PREVIEW)
    assert "aase@eksempel.dk" not in her.page(PREVIEW).split("<h1", 1)[1]


def test_the_preview_holds_the_very_markup_of_the_public_page(her, store, election, official):
    """Once accepted, the article on the public page is the one the preview showed, headings one level apart."""
    her.send(form(own_language="tr", own_statement="Merhaba\nKøge"))
    shown = article(her.page(PREVIEW)).replace("h2>", "h1>").replace("h3>", "h2>")
    desk.accept(store, official, election, her.filed.id, "Kendt af os.")
    public = article(her.client.get(f"/koege-2021/candidates/{her.filed.public_id}").text)
    assert shown == public


def article(page: str) -> str:
    return " ".join(page.split("<article", 1)[1].split("</article", 1)[0].split())


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_stranger_is_asked_who_she_is(client, election, clock, path):
    """Without a session every page of the desk leads to the sign-in and comes back there."""
    clock.move_to(DURING)
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.location.startswith("/koege-2021/identify?next=")


@pytest.mark.parametrize("path", [*OWN_PAGES, "/koege-2021/stand/proposers"])
def test_somebody_elses_sending_without_a_session_is_taken_nowhere(client, store, election, clock, filed, path):
    """A form posted by nobody in particular changes nothing."""
    clock.move_to(DURING)
    token = client.get("/koege-2021/stand").text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    assert client.post(path, data=form() | {"csrf_token": token}).status_code in {302, 405}
    assert filed() == ()


def test_a_candidate_sees_only_her_own(her, comes):
    """Another applicant's pages hold nothing of hers: not the name, the text, the receipt, the draft or the address."""
    her.send(form(statement="Kun min tekst"))
    her.send(form(act="save", statement="Kun min kladde"))
    other = comes(email="bo@eksempel.dk")
    for path in (FORM, MINE, "/koege-2021/stand/withdraw"):
        page = other.page(path)
        for secret in ("Østergård", "Kun min", her.filed.receipt, "aase@", "Åvej", "45 12 34"):
            assert secret not in page, (path, secret)
    other.client.submit("/koege-2021/stand/withdraw", {})
    assert her.filed.state is NominationState.SUBMITTED


def test_a_session_holds_at_its_own_election_only(her, store, found_election):
    """Known at one election, she is a stranger at the next."""
    found_election(store, "naboby-2021")
    her.send(form())
    for path in OWN_PAGES:
        answer = her.client.get(path.replace("koege-2021", "naboby-2021"))
        assert answer.location.startswith("/naboby-2021/identify")


def test_the_same_person_has_a_nomination_at_each_election(her, store, found_election, office):
    """What she sent at one election is nothing at another, where she begins anew."""
    other = found_election(store, "naboby-2021")
    her.send(form())
    client = office.test_client()
    sign_in_applicant(client, store, other, email="aase@eksempel.dk")
    assert "Du har ikke sendt din opstilling endnu" in client.get("/naboby-2021/stand/mine").text


def test_an_official_is_no_applicant(client, store, election, add_staff, sign_in, clock):
    """Signed in as staff one has no nomination."""
    clock.move_to(DURING)
    add_staff(store, election, "bente")
    sign_in(client, "bente")
    assert client.get(MINE).location.startswith("/koege-2021/identify")


def test_a_receipt_number_opens_its_own_page_only(client, store, election, found_election, clock):
    """In either case of letters, at its own election; it tells the state and nothing that identifies her."""
    found_election(store, "naboby-2021")
    clock.move_to(DURING)
    kept = stand(store, election, identity=Identity.EMAIL)
    page = client.get(f"/koege-2021/stand/{kept.receipt.lower()}").text
    assert "Sekretariatet gennemgår den" in page
    assert "10. november 2021 kl. 10.00.00" in page
    assert "x@eksempel.dk" not in page
    assert NUMBERS[0][:6] not in page
    assert client.get(f"/naboby-2021/stand/{kept.receipt}").status_code == 404
    assert client.get("/koege-2021/stand/AAAAA-AAAAA").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar", "tr", "pl", "uk", "ro"])
def test_every_page_speaks_every_language(her, language):
    """Each page of the desk opens in all seven languages, right to left where it belongs, its clock included."""
    her.send(form(own_language="ar", own_statement="مرحبا"))
    for path in ("/koege-2021/stand", *OWN_PAGES):
        page = her.page(f"{path}?lang={language}")
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


def test_an_arabic_page_sets_apart_what_is_danish_or_a_number(her, comes, store, election, official):
    """A Danish reason and her Danish text are marked as Danish, and a masked number keeps its order between Arabic words."""
    her.send(form(statement="Min danske tekst."))
    desk.send_back(store, official, election, her.filed.id, "Ret teksten.")
    receipt = f"/koege-2021/stand/{her.filed.receipt}"
    for path in (MINE, FORM, receipt):
        assert '<q lang="da" dir="auto">Ret teksten.</q>' in her.page(f"{path}?lang=ar"), path
    assert '<p class="as-typed" lang="da" dir="auto">Min danske tekst.</p>' in her.page(f"{MINE}?lang=ar")
    assert '<bdi dir="ltr">101262-••••</bdi>' in her.page(f"{FORM}?lang=ar")
    vouched = comes(cpr=NUMBERS[1], name="Bo Ærø")
    assert '<bdi class="code" dir="ltr">101262-••••</bdi>' in vouched.page(f"{FORM}?lang=ar")
    desk.refuse(store, official, election, her.filed.id, "Teksten mangler.")
    for path in (MINE, receipt):
        assert '<q lang="da" dir="auto">Teksten mangler.</q>' in her.page(f"{path}?lang=ar"), path
