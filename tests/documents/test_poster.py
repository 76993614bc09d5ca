"""The flyer and the poster must give everybody who stands the same room, in every language, and lead to the page."""

import io
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest
from shown import square

from votingapp.documents.poster import Paper, Person, Wording, grid, render_flyer, render_poster

DANISH = Wording(
    language="da",
    direction="ltr",
    title="Kandidater",
    when="Valgdag 23. november 2021, kl. 17.00–20.00.",
    order="Kandidaterne står i stemmesedlens rækkefølge.",
    facts=(("Pladser", "Der vælges 5 medlemmer."),),
    steps_title="Sådan stemmer du",
    steps=("Gå til bordet.", "Træk en stemmeseddel.", "Sæt dit kryds."),
    address="Læs om kandidaterne her:",
    code="QR-kode med adressen",
    pages="Side {page} af {pages}",
    authentic="Dansk er den gældende tekst.",
    rehearsal="Dette er en øvelse.",
    replaced="Et tegn kan ikke vises.",
)
ARABIC = replace(
    DANISH, language="ar", direction="rtl", title="المرشحون", order="حسب ترتيب بطاقة الاقتراع", steps=("ضع علامتك.",)
)
WORDINGS = {"da": DANISH, "ar": ARABIC}
NAMES = ("Åse Østergård-Łuczak", "محمد الأحمد", "Şükrü Işık", "Олена Шевченко", "Ștefan Popescu")
PHOTO = square(240)
MARGIN = 13 * 72 / 25.4


def person(number: int, **changes) -> Person:
    """One of many, with and without a photograph, each with a line that names it."""
    photo_id = None if number % 3 == 0 else f"photo-{number}"
    line = f"lærer K{number:03d}" if number % 4 == 0 else f"K{number:03d}"
    made = Person(number, NAMES[number % 5], line, "", photo_id, f"Foto af {number}")
    return replace(made, **changes)


def make_paper(count: int, language: str = "da", *, rehearsal: bool = False, people=None) -> Paper:
    """A paper of so many candidates."""
    return Paper(
        election="Valg til Integrationsrådet i Køge 2021",
        municipality="Køge Kommune",
        day=date(2021, 11, 23),
        address="https://valg.eksempel.dk/koege-2021/",
        rehearsal=rehearsal,
        people=tuple(people or (person(number) for number in range(1, count + 1))),
        wording=WORDINGS[language],
    )


def poster(paper: Paper) -> bytes:
    """The poster, everybody's photograph the same."""
    return render_poster(paper, dict.fromkeys(paper.photo_ids, PHOTO))


BOTH = pytest.mark.parametrize("render", [poster, render_flyer], ids=["poster", "flyer"])
LANGUAGES = pytest.mark.parametrize("language", ["da", "ar"])


@pytest.mark.parametrize("place", ["Kantinen, Køge Rådhus, Torvet 1, 4600 Køge", "Å" * 40 + " " + "Ø" * 79])
@pytest.mark.parametrize("rehearsal", [False, True])
def test_every_page_of_a_poster_says_where_to_vote(page_texts, place, rehearsal):
    """The place stands on each sheet, and however long it is it pushes nobody's cell onto another page."""
    paper = make_paper(26, rehearsal=rehearsal)
    pages = page_texts(poster(replace(paper, wording=replace(DANISH, where=place))))
    assert len(pages) == 2
    for page in pages:
        assert re.sub(r"\W", "", place) in re.sub(r"\W", "", page)


@BOTH
@LANGUAGES
@pytest.mark.parametrize("count", [1, 5, 15, 16, 17, 96])
def test_everybody_stands_in_it_once_and_in_order(page_texts, render, language, count):
    """With few or many candidates each name must be printed once; all in the order of the ballot."""
    found = [number for page in page_texts(render(make_paper(count, language))) for number in _numbers(page)]
    assert found == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("count", "pages"), [(1, 1), (5, 1), (6, 1), (7, 1), (16, 1), (17, 1), (25, 1), (26, 2), (96, 4)]
)
def test_a_poster_has_as_many_pages_as_it_needs(page_texts, count, pages):
    """Every page of a poster must be A3 and full before another is begun."""
    made = poster(make_paper(count))
    assert len(page_texts(made)) == pages
    with pikepdf.open(io.BytesIO(made)) as document:
        sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in document.pages}
    assert sizes == {(842, 1191)}


@pytest.mark.parametrize("count", [1, 15, 16, 41, 96, 120])
def test_a_flyer_is_one_sheet(page_texts, count):
    """The election must stand on the first side and the names on the second, however many there are."""
    first, second = page_texts(render_flyer(make_paper(count)))
    assert "Sådan stemmer du" in first
    assert _numbers(first) == []
    assert _numbers(second)[-1] == count


@LANGUAGES
@pytest.mark.parametrize("count", [5, 15, 96])
def test_every_picture_has_the_same_size(count, language):
    """On a poster no face may be printed larger than another's, photograph or silhouette, on any page."""
    with pikepdf.open(io.BytesIO(poster(make_paper(count, language)))) as document:
        boxes = [figure.A[0].BBox for figure in _figures(document) if str(figure.Alt).startswith("Foto")]
        sizes = {(round(float(box[2] - box[0]), 1), round(float(box[3] - box[1]), 1)) for box in boxes}
    assert len(boxes) == count
    assert len(sizes) == 1
    width, height = sizes.pop()
    assert width == height


@pytest.mark.parametrize("count", [5, 15, 96])
def test_every_name_has_the_same_size(count):
    """A name must not be set larger because it is short: all stand in the size in which the longest fits."""
    people = [
        person(number, line="", name="Li" if number % 2 else "Maximiliane Ærøskøbing Hohenstein")
        for number in range(1, count + 1)
    ]
    with pypdfium2.PdfDocument(poster(make_paper(count, people=people))) as document:
        heights = {
            round(text.get_charbox(place, loose=True)[3] - text.get_charbox(place, loose=True)[1], 1)
            for text in (page.get_textpage() for page in document)
            for name in ("Li", "Maximiliane")
            for place in [text.get_text_range().index(name)]
        }
    assert len(heights) == 1


@BOTH
@LANGUAGES
@pytest.mark.parametrize("count", [5, 96])
def test_a_camera_finds_the_page(read_codes, render, language, count):
    """The code must lead to the election's page: on each page of a poster, since it hangs alone, and once on a flyer."""
    pages = read_codes(render(make_paper(count, language)))
    found = [[code.text for code in codes] for codes in pages]
    address = ["https://valg.eksempel.dk/koege-2021/"]
    assert found == ([address] * len(pages) if render is poster else [address, []])


@BOTH
@LANGUAGES
def test_papers_are_archival_and_accessible(render, language):
    """PDF/A-3a and PDF/UA-1, in the language they are in, every picture with words for who cannot see it."""
    with pikepdf.open(io.BytesIO(render(make_paper(15, language)))) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert str(document.Root.Lang).startswith(language)
        assert document.Root.MarkInfo.Marked
        words = [str(figure.Alt) for figure in _figures(document)]
        assert all(words)
        assert any("https://valg.eksempel.dk/koege-2021/" in word for word in words)


@BOTH
def test_the_municipality_is_said_in_the_language_of_the_paper(render):
    """The first line is `Køge Kommune` in the paper's own words; the election's name below it is Danish and marked so."""
    with pikepdf.open(io.BytesIO(render(make_paper(1, "ar")))) as document:
        told = [one.get("/Lang") for one in document.Root.StructTreeRoot.K[0].K]
    assert told[0] is None
    assert "da" in map(str, told[1:])


@BOTH
def test_a_rehearsal_is_marked_on_every_page(page_texts, render):
    """PRØVEVALG must stand on every page of a rehearsal's paper and in its title, and nowhere on a real one."""
    rehearsal = render(make_paper(30, rehearsal=True))
    assert all("PRØVEVALG" in page for page in page_texts(rehearsal))
    with pikepdf.open(io.BytesIO(rehearsal)) as document:
        assert document.open_metadata()["dc:title"].startswith("PRØVEVALG: ")
    assert "PRØVEVALG" not in " ".join(page_texts(render(make_paper(30))))


@BOTH
@pytest.mark.parametrize("count", [1, 96])
@pytest.mark.parametrize(
    "name", ["Ø" * 100, "Maximiliane-" * 8 + "Æble", "von und zu " * 9], ids=["solid", "hyphens", "words"]
)
def test_a_long_name_stays_on_the_paper(page_texts, render, count, name):
    """A name of a hundred characters must be printed whole, between the margins, whoever stands beside it."""
    people = [person(number) for number in range(1, count)] + [person(count, name=name, line=name, group=name)]
    made = render(make_paper(count, people=people))
    printed = re.sub(r"[\s\ufffe\x02-]", "", "".join(page_texts(made)))
    assert printed.count(re.sub(r"[\s-]", "", name)) == 3
    with pypdfium2.PdfDocument(made) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(place) for place in range(text.count_chars())]
            assert max(right for _, _, right, _ in boxes) <= page.get_width() - MARGIN
            assert min(left for left, _, _, _ in boxes) >= MARGIN


@BOTH
@pytest.mark.parametrize("name", ['#import "x": *', "*fed* _skrå_ `kode`", "</svg><script>", "$x^2$ @ref <mærke>"])
def test_markup_in_a_name_is_a_name(page_texts, render, name):
    """Whatever stands in a name must be printed as it stands and never obeyed."""
    assert name in " ".join(page_texts(render(make_paper(1, people=[person(1, name=name)]))))


@BOTH
def test_a_sign_no_font_has_stops_nothing(page_texts, render):
    """A name in a script without a font must leave the paper printable, and the reader told that a sign is missing."""
    people = [person(1, name="\U00012000 Ásdís"), person(2)]
    assert "Et tegn kan ikke vises." in " ".join(page_texts(render(make_paper(2, people=people))))


@BOTH
def test_equal_papers_are_equal_bytes(render):
    """Setting the same twice must give the same file, or a fingerprint would not stand for it."""
    assert render(make_paper(15)) == render(make_paper(15))


def test_a_fingerprint_changes_with_whatever_is_seen():
    """Each change that a reader could see must give another fingerprint; the same paper always the same."""
    paper = make_paper(5)
    first, *others = paper.people
    changed = (
        replace(paper, rehearsal=True),
        replace(paper, address="https://andet.eksempel.dk/"),
        replace(paper, wording=ARABIC),
        replace(paper, people=tuple(others)),
        replace(paper, people=(*others, first)),
        *(
            replace(paper, people=(replace(first, **{field: "andet"}), *others))
            for field in ("name", "line", "group", "photo_id", "alt")
        ),
        replace(paper, people=(replace(first, number=None), *others)),
    )
    prints = {one.fingerprint("poster") for one in (paper, *changed)} | {paper.fingerprint("flyer")}
    assert len(prints) == len(changed) + 2
    assert make_paper(5).fingerprint("poster") == paper.fingerprint("poster")


@pytest.mark.parametrize("count", [1, 5, 6, 7, 16, 17, 96, 400])
def test_a_grid_leaves_nobody_out(count):
    """A page has room for at least one candidate, and more rooms than a short list needs are few."""
    columns, rows = grid(count)
    assert min(columns, rows) >= 1
    assert columns * rows >= min(count, 25)


def _numbers(text: str) -> list[int]:
    """The candidates on a page by number; the reader turns a line around in which Arabic stands."""
    return [int(before or after) for before, after in re.findall(r"K(\d{3})|(\d{3})K", text)]


def _figures(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
