"""Flyer and poster for everybody: in any language, as the list stands, and set once however many ask."""

import io
import threading

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from shown import add_photo, fix_ballot, show

from votingapp.desks.public.press import Press
from votingapp.web.languages import LANGUAGES

KINDS = pytest.mark.parametrize("kind", ["flyer", "poster"])


@pytest.fixture
def election(store, found_election):
    """Køge 2021."""
    return found_election(store)


@pytest.fixture
def people(store, election):
    """Three who stand, one of them with a photograph."""
    return [
        show(store, election, "Åse Ærø", line="lærer", photo_id=add_photo(store, election)),
        show(store, election, "محمد الأحمد"),
        show(store, election, "Олена Шевченко"),
    ]


def text_of(pdf: bytes) -> str:
    """All that is written on a paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def code_on(pdf: bytes) -> str:
    """What a camera reads on the first page."""
    with pypdfium2.PdfDocument(pdf) as document:
        (code,) = zxingcpp.read_barcodes(document[0].render(scale=2, grayscale=True).to_pil())
    return code.text


def language_of(pdf: bytes) -> str:
    """The language a PDF says it is in."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return str(document.Root.Lang)


@KINDS
def test_papers_are_there_in_seven_languages(client, people, kind):
    """Each language gives its own file; the page's is the default, and an unknown one is not found."""
    for language in LANGUAGES:
        answer = client.get(f"/koege-2021/{kind}.pdf?language={language}")
        assert answer.mimetype == "application/pdf"
        assert language_of(answer.data).startswith(language)
        assert f"{kind}-{language}.pdf" in answer.headers["Content-Disposition"]
    chosen = client.get(f"/koege-2021/{kind}.pdf", headers={"Accept-Language": "tr"})
    assert language_of(chosen.data).startswith("tr")
    assert {client.get(f"/koege-2021/{kind}.pdf?language={one}").status_code for one in ("xx", "", "../da")} == {404}


@KINDS
def test_there_is_no_paper_without_candidates(client, election, kind):
    """Before anybody stands there is nothing to hang up, and no page links to it."""
    assert client.get(f"/koege-2021/{kind}.pdf").status_code == 404
    for page in ("", "candidates"):
        assert f"{kind}.pdf" not in client.get(f"/koege-2021/{page}").text


@KINDS
def test_a_paper_says_whether_its_order_is_final(client, store, election, people, kind):
    """Before the freeze the list is called preliminary; afterwards it has the ballot's order and numbers."""
    before = text_of(client.get(f"/koege-2021/{kind}.pdf").data)
    assert "Foreløbig liste" in before
    fix_ballot(store, election, *reversed(people))
    after = text_of(client.get(f"/koege-2021/{kind}.pdf").data)
    assert "Foreløbig" not in after
    assert "stemmesedlens rækkefølge" in after
    assert after.index("Олена") < after.index("Åse")


@KINDS
def test_the_code_leads_to_the_page(client, people, kind, settings):
    """What a camera reads from the paper is the absolute address of the election, and the address opens."""
    address = code_on(client.get(f"/koege-2021/{kind}.pdf").data)
    assert address == f"{settings.office_url}/koege-2021/"
    assert client.get(address.removeprefix(settings.office_url)).status_code == 200


@KINDS
def test_a_paper_is_set_once(client, store, election, people, kind, monkeypatch):
    """A second stranger gets the same bytes without anything being set; a new candidate gives a new paper."""
    first = client.get(f"/koege-2021/{kind}.pdf").data

    def refuse(*_args, **_kwargs):
        raise AssertionError("set anew")

    with monkeypatch.context() as patched:
        patched.setattr("votingapp.documents.poster.typeset", refuse)
        assert client.get(f"/koege-2021/{kind}.pdf").data == first
    show(store, election, "Ny Kandidat")
    assert client.get(f"/koege-2021/{kind}.pdf").data != first


def test_the_press_makes_one_of_each_however_many_ask():
    """Twenty at once wait for the one that is being made; an error is not kept."""
    press, made, start = Press(), [], threading.Barrier(20)

    def make() -> bytes:
        made.append(1)
        return b"paper"

    answers = []

    def ask() -> None:
        start.wait()
        answers.append(press.paper("a", make))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"paper"] * 20
    assert len(made) == 1
    with pytest.raises(ZeroDivisionError):
        press.paper("b", lambda: bytes(1 // 0))
    assert press.paper("b", lambda: b"well") == b"well"


def test_the_press_throws_out_what_was_longest_unused():
    """With room for two the third takes the place of the one nobody asked for since; one too large is not kept."""
    press, made = Press(room=20), []

    def ask(name: str, size: int = 10) -> None:
        press.paper(name, lambda: made.append(name) or bytes(size))

    for name in ("a", "b", "a", "c", "a", "b"):
        ask(name)
    assert made == ["a", "b", "c", "b"]
    ask("large", 21)
    ask("large", 21)
    ask("a")
    assert made[4:] == ["large", "large"]
