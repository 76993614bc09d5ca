"""No name may stop a paper from being set, change its layout's meaning, or run as code."""

from datetime import date

import pypdfium2
import pytest

from votingapp.documents import typesetting
from votingapp.documents.typesetting import TypesettingError, typeset

DAY = date(2021, 11, 23)


@pytest.fixture
def house_of(tmp_path, monkeypatch):
    """A template folder of the test's own."""

    def build(**templates):
        folder = tmp_path / "documents"
        folder.mkdir()
        for name, body in templates.items():
            (folder / f"{name}.typ").write_text('#set document(title: "t")\n' + body, encoding="utf-8")
        monkeypatch.setattr(typesetting, "templates_dir", lambda: tmp_path)

    return build


@pytest.mark.parametrize(
    "name",
    [
        "æøå ÆØÅ é ü ß",
        "Łukasz Żółć Ścibor",
        "Işık Ğül Şükrü İnci",
        "Ștefan Țuțu Ănă Îț",
        "Олена Ґедзь",
        "Nguyễn Thị Ánh",
        "Σοφία",
        "Ḥasan ʿAlī",
        "Şêrîn Îbrahîm",
    ],
)
def test_embedded_fonts_carry_the_letters_of_the_electorate(house_of, page_texts, name):
    """Names in Danish, Polish, Turkish, Romanian, Ukrainian, Vietnamese, Greek and Kurdish must print whole."""
    house_of(plain='#let d = json("data.json")\n#d.name #d.replaced')
    assert page_texts(typeset("plain", {"name": name}, dated=DAY)) == [f"{name} false"]


@pytest.mark.parametrize("odd", ["தமிழ்", "中文", "\U0001f600", "\x00", "\ufeff", "\ue000"])
def test_a_character_without_a_glyph_never_stops_a_record(house_of, page_texts, odd):
    """A letter that no font carries must be marked in its place, wherever it stands, and the paper told so."""
    house_of(plain='#let d = json("data.json")\n#d.people.at(0).name #d.replaced')
    text = page_texts(typeset("plain", {"people": [{"name": f"Å{odd}B"}]}, dated=DAY))[0]
    assert text.startswith("Å")
    assert text.endswith("B true")


def test_a_name_cannot_turn_the_text_around_it(house_of, page_texts):
    """A directional override inside a name must be left out, so that it cannot reverse what stands beside it."""
    house_of(plain='#let d = json("data.json")\n#d.name 123')
    assert page_texts(typeset("plain", {"name": "abc\u202edef\u2066"}, dated=DAY)) == ["abcdef 123"]


def test_data_cannot_reach_a_file(house_of, page_texts):
    """A name that reads like an instruction to open a file must be printed, not obeyed."""
    house_of(plain='#json("data.json").name')
    name = '#read("main.typ") #import "/etc/passwd": *'
    assert page_texts(typeset("plain", {"name": name}, dated=DAY)) == [name]


def test_a_template_cannot_read_the_machine(house_of):
    """Only the named files exist for a template: the folders of the machine must be out of its reach."""
    house_of(curious='#read("/etc/hostname")')
    with pytest.raises(TypesettingError, match="curious"):
        typeset("curious", {}, dated=DAY)


def test_a_broken_template_is_reported_by_name(house_of):
    """A fault in a template must come out as one error that names the template."""
    house_of(broken="#unknown-function()")
    with pytest.raises(TypesettingError, match=r"broken: unknown variable"):
        typeset("broken", {"name": "Åse"}, dated=DAY)


def test_templates_share_what_the_house_shares(house_of, page_texts):
    """A template must find its neighbours and the files it is given."""
    house_of(main_part='#import "shared.typ": greeting\n#greeting #read("files/a.txt")', shared="#let greeting = [Hej]")
    assert page_texts(typeset("main_part", {}, dated=DAY, files={"a.txt": b"verden"})) == ["Hej verden"]


def test_the_same_paper_is_the_same_bytes(house_of):
    """Two settings of one paper must be equal to the byte, and the date given must be the date inside."""
    house_of(plain="Hej")
    first = typeset("plain", {}, dated=DAY)
    assert first == typeset("plain", {}, dated=DAY)
    with pypdfium2.PdfDocument(first) as document:
        assert document.get_metadata_value("CreationDate").startswith("D:20211123")
