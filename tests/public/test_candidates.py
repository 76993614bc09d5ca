"""The people who stand, as everybody sees them: all of them, the same of each, and nothing that was told in confidence."""

import re

import pytest
from shown import SECRETS, add_photo, fix_ballot, set_state, show

from candidates.nomination import NominationState
from votingapp.store.photos import Size
from votingapp.web.languages import LANGUAGES

ARABIC = "أريد اجتماعات أكثر في المساء."


@pytest.fixture
def election(store, found_election):
    """Køge 2021."""
    return found_election(store)


def page_of(filed) -> str:
    """The address of a candidate's page."""
    return f"/koege-2021/candidates/{filed.public_id}"


def names_on(page: str) -> list[str]:
    """The names in a list, in order."""
    return re.findall(r"<h[23]><a [^>]*>(?:\d+\. )?<bdi>(.*?)</bdi></a>", page)


def meta(page: str) -> dict[str, str]:
    """What a page tells services that preview it."""
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page))


def test_only_accepted_candidates_are_shown(client, store, election):
    """Who waits, must mend, was refused, withdrew or came late has no place on the list and no page of her own."""
    shown = show(store, election, "Åse <b>Ærø</b>", line="lærer & træner", statement="Første\nAnden <i>linje</i>")
    hidden = [
        show(store, election, "Skjult Person", state=state)
        for state in NominationState
        if state is not NominationState.ACCEPTED
    ]
    page = client.get("/koege-2021/candidates").text
    assert names_on(page) == ["Åse &lt;b&gt;Ærø&lt;/b&gt;"]
    assert "lærer &amp; træner" in page
    assert "Person" not in page
    own = client.get(page_of(shown)).text
    assert "<p>Anden &lt;i&gt;linje&lt;/i&gt;</p>" in own
    assert {client.get(page_of(one)).status_code for one in hidden} == {404}


@pytest.mark.parametrize("public_id", ["ukendt", "..", "%00", "x" * 300, "%E2%80%AE", "1012620001"])
def test_an_address_of_nobody_is_not_found(client, store, election, public_id):
    """An invented address is answered with the house's page, and a receipt number opens no public page."""
    filed = show(store, election, "Åse Ærø")
    assert client.get(f"/koege-2021/candidates/{public_id}").status_code == 404
    assert client.get(f"/koege-2021/candidates/{filed.receipt}").status_code == 404


def test_an_election_shows_nothing_of_another(client, store, election, found_election):
    """The candidates of one election stand on no page of its neighbour, not even under their own address."""
    found_election(store, "naboby-2021")
    filed = show(store, election, "Kun I Køge")
    assert "Kun I Køge" not in client.get("/naboby-2021/candidates").text
    assert client.get(f"/naboby-2021/candidates/{filed.public_id}").status_code == 404
    assert client.get("/naboby-2021/flyer.pdf").status_code == 404


def test_candidates_stand_in_the_danish_alphabet_until_they_have_numbers(client, store, election):
    """Before the freeze Aa stands with Å, after Ø and Z; afterwards the number counts, and addresses stay the same."""
    filed = [show(store, election, name) for name in ("Aage Bo", "Ømer Ek", "Zia Dam", "Carla Vik")]
    assert names_on(client.get("/koege-2021/candidates").text) == ["Carla Vik", "Zia Dam", "Ømer Ek", "Aage Bo"]
    before = [page_of(one) for one in filed]
    fix_ballot(store, election, *filed)
    page = client.get("/koege-2021/candidates").text
    assert names_on(page) == ["Aage Bo", "Ømer Ek", "Zia Dam", "Carla Vik"]
    assert "3. <bdi>Zia Dam</bdi>" in page
    assert "Nr. 3 på stemmesedlen" in client.get(before[2]).text


def test_who_steps_back_from_a_fixed_ballot_stays_on_it_with_a_note(client, store, election):
    """The list shows the ballot as it is: her name and number stay, and both pages say that she has withdrawn."""
    first, second = show(store, election, "Aisha Bo"), show(store, election, "Bo Carl")
    fix_ballot(store, election, first, second)
    set_state(store, election, first, NominationState.WITHDRAWN)
    page = client.get("/koege-2021/candidates").text
    assert names_on(page) == ["Aisha Bo", "Bo Carl"]
    assert page.count("Har trukket sig") == 1
    assert "Kandidaten har trukket sig" in client.get(page_of(first)).text
    assert "har trukket sig" not in client.get(page_of(second)).text


def test_one_can_go_from_each_candidate_to_the_next(client, store, election):
    """Previous and next follow the list from its first candidate to its last, and there is nothing beyond either."""
    filed = {name: show(store, election, name) for name in ("Åse", "Bo Ek", "Cem Ik")}
    walked, path, pages = [], page_of(filed["Bo Ek"]), 0
    while path:
        page = client.get(path).text
        pages += 1
        walked += re.findall(r"<h1><bdi>(.*?)</bdi></h1>", page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found.group(1) if found else ""
    assert walked == ["Bo Ek", "Cem Ik", "Åse"]
    assert 'rel="prev"' not in client.get(page_of(filed["Bo Ek"])).text
    assert f'rel="prev" href="{page_of(filed["Cem Ik"])}"' in client.get(page_of(filed["Åse"])).text


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("ckb", "rtl"), ("pl", "ltr"), ("so", "ltr")],
)
@pytest.mark.parametrize("read_in", ["da", "ar"])
def test_each_text_says_its_language_and_direction(client, store, election, language, direction, read_in):
    """Danish runs left to right on an Arabic page, and her own language its own way on a Danish one."""
    filed = show(store, election, "Amal Noor", own_language=language, own_statement=ARABIC)
    page = client.get(page_of(filed), headers={"Accept-Language": read_in}).text
    texts = re.findall(r'<div class="statement" lang="(\w+)" dir="(\w+)">\s*<p>(.*?)</p>', page)
    assert texts == [("da", "ltr", "Flere møder om aftenen."), (language, direction, ARABIC)]


def test_a_page_can_be_passed_on(client, store, election, settings):
    """A shared page tells its title, a sentence and an absolute address; without a photograph there is no picture tag."""
    statement = "Jeg vil arbejde for flere møder om aftenen. " * 20
    filed = show(store, election, 'Åse "Ærø"', statement=statement, line="lærer")
    page = client.get(page_of(filed)).text
    tags = meta(page)
    assert tags["og:title"] == "Åse &#34;Ærø&#34; (lærer) – Valg til Integrationsrådet i Køge 2021"
    assert tags["og:url"] == settings.office_url + page_of(filed)
    assert f'<link rel="canonical" href="{settings.office_url}{page_of(filed)}">' in page
    assert len(tags["description"]) <= 160
    assert tags["description"].endswith("…")
    assert statement.startswith(tags["description"].rstrip("…"))
    assert statement[len(tags["description"]) - 1] in " ,."
    assert tags["description"] == tags["og:description"] == tags["twitter:description"]
    assert tags["twitter:card"] == "summary"
    assert not [name for name in tags if "image" in name]


def test_a_photograph_is_shown_and_passed_on(client, store, election, settings):
    """With a photograph the page shows it with words for it, the tags name it with its size, and it can be fetched."""
    filed = show(store, election, "Åse Ærø", photo_id=add_photo(store, election))
    tags = meta(client.get(page_of(filed)).text)
    assert tags["og:image"] == tags["twitter:image"]
    assert (tags["og:image:width"], tags["og:image:height"]) == ("720", "720")
    assert tags["og:image:alt"] == "Foto af Åse Ærø"
    path = tags["og:image"].removeprefix(settings.office_url)
    assert path.startswith("/koege-2021/candidates/")
    assert client.get(path).mimetype == "image/jpeg"
    page = client.get(page_of(filed)).text
    assert f'src="{path}" alt="Foto af Åse Ærø"' in page
    listed = client.get("/koege-2021/candidates").text
    assert f"{Size.BALLOT}.jpg" in listed
    assert 'alt=""' in listed


def test_who_wrote_nothing_is_described_by_her_election(client, store, election):
    """A candidate without a text has a page that says so, and a preview that is not empty."""
    filed = show(store, election, "Tavs Person", statement="")
    page = client.get(page_of(filed)).text
    assert "har ikke skrevet en tekst" in page
    assert meta(page)["description"] == "Kandidat til Valg til Integrationsrådet i Køge 2021."


def test_a_preview_is_in_the_readers_language_where_the_candidate_wrote_it(client, store, election):
    """Shared among readers of Arabic her page is described in her Arabic words, and in Danish to all others."""
    filed = show(store, election, "Amal Noor", own_language="ar", own_statement=ARABIC)
    for language in LANGUAGES:
        tags = meta(client.get(page_of(filed), headers={"Accept-Language": language}).text)
        assert tags["description"] == (ARABIC if language == "ar" else "Flere møder om aftenen.")
        assert tags["og:locale"].startswith(language)


def test_a_hundred_candidates_are_found_by_letter(client, store, election):
    """A long list is parted by first letter, each once, in order, and every place to jump to is there."""
    letters = "ABCDEFGHIJKLMNOPRSTUVYZÆØÅ"
    for number in range(100):
        show(store, election, f"{letters[number % 26]}o{chr(97 + number // 26)} Efternavn", photo_id=None)
    show(store, election, "Aage Bo")
    show(store, election, "محمد الأحمد")
    page = client.get("/koege-2021/candidates").text
    assert len(names_on(page)) == 102
    jumps = re.findall(r'<a href="#(stretch-\d+)"><bdi>(.)</bdi></a>', page)
    assert "".join(label for _, label in jumps) == letters + "م"
    assert re.findall(r'<h2 id="(stretch-\d+)"><bdi>(.)</bdi>', page) == jumps
    under_aa = page[page.index("<bdi>Å</bdi></h2>") :]
    assert "Aage Bo" in under_aa


def test_a_short_list_is_not_parted(client, store, election):
    """Twenty candidates are looked through; with one more there are places to jump to."""
    for number in range(20):
        show(store, election, f"{chr(65 + number)}xel Ek")
    assert "stretch-" not in client.get("/koege-2021/candidates").text
    show(store, election, "Zoe Ek")
    assert "stretch-" in client.get("/koege-2021/candidates").text


def test_a_drawn_order_is_parted_by_number(client, store, found_election, koege_rules):
    """Where a lot decided the order a first letter would lead nowhere: one jumps to ten numbers at a time."""
    election = found_election(store, rules_text=koege_rules.replace('order = "alphabetical"', 'order = "lot"'))
    filed = [show(store, election, f"{chr(65 + number % 26)}li Nr{number}") for number in range(41)]
    fix_ballot(store, election, *filed)
    page = client.get("/koege-2021/candidates").text
    labels = re.findall(r'<a href="#stretch-\d+"><bdi>([^<]+)</bdi></a>', page)
    assert labels == ["1–10", "11–20", "21–30", "31–40", "41"]


def test_nothing_told_in_confidence_is_public(client, store, election, office):
    """No page or file that everybody may open holds a CPR number, an e-mail, a telephone number, an address or a receipt."""
    filed = [
        show(store, election, "Åse Ærø", photo_id=add_photo(store, election)),
        show(store, election, "Bo Ek", own_language="ar", own_statement=ARABIC),
        show(store, election, "Ventende Person", state=NominationState.SUBMITTED),
    ]
    told = [*SECRETS, *(one.receipt for one in filed), *(one.id for one in filed), *(one.cpr_hash for one in filed)]
    values = {"slug": ["koege-2021"], "public_id": [one.public_id for one in filed], "size": ["page", "ballot"]}
    values |= {"version": ["1"], "form": ["pdf", "json", "docx"]}
    opened = 0
    for fixed in (False, True):
        if fixed:
            fix_ballot(store, election, *filed[:2])
        for path in _everything_public(office, values):
            body = client.get(path).data
            opened += 1
            assert not [secret for secret in told if secret.encode() in body], path
    assert opened > 40


def _everything_public(office, values) -> list[str]:
    """The address of every page and file of the public desk and of the published photographs."""
    paths = []
    for rule in office.url_map.iter_rules():
        if rule.endpoint.startswith("public.") or rule.endpoint == "photo.published":
            found = [rule.rule]
            for name in rule.arguments:
                found = [re.sub(rf"<([^<>]*:)?{name}>", value, one) for one in found for value in values[name]]
            paths += found
    return paths
