"""What each language's catalogue must hold, and what is noticed when it does not."""

import io

import pytest
from babel.messages.pofile import read_po
from catalogues import FOR_OFFICIALS, PLURAL_FORMS, messages_of
from check_translations import faults, lone_forms
from write_catalogues import written

from votingapp.web.access import rule_of
from votingapp.web.languages import LANGUAGES

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural}\\n"\n\n'
SEATS = ("%(num)s plads i %(council)s.", "%(num)s pladser i %(council)s.")


def catalogue(language, body):
    """A catalogue with these entries."""
    text = HEADER.format(plural=PLURAL_FORMS[language]) + body
    return read_po(io.BytesIO(text.encode()), abort_invalid=True)


def seats(*forms):
    """An entry for SEATS with these forms."""
    lines = [f'#, python-format\nmsgid "{SEATS[0]}"\nmsgid_plural "{SEATS[1]}"']
    return "\n".join(lines + [f'msgstr[{number}] "{form}"' for number, form in enumerate(forms)]) + "\n"


def found(language, body, *messages):
    """The faults of a catalogue that is to hold these messages."""
    asked = {message if isinstance(message, str) else message[0]: message for message in messages}
    return [fault.partition(":")[0] for fault in faults(language, catalogue(language, body), asked)]


def test_every_language_but_the_authentic_one_has_a_catalogue():
    """The languages of the pages and those of the catalogues are the same."""
    assert ["da", *PLURAL_FORMS] == list(LANGUAGES)


def test_a_desk_is_for_officials_when_only_officials_may_pass(office):
    """The folders whose sentences are spared five languages hold no page for everybody, but the entrance and where a desk joins."""
    open_desks = {
        office.view_functions[route.endpoint].__module__.split(".")[2]
        for route in office.url_map.iter_rules()
        if route.endpoint != "static" and not rule_of(office, route.endpoint).needs_staff
    }
    assert open_desks & FOR_OFFICIALS == {"devices", "entrance"}


def test_catalogues_hold_what_their_readers_are_told():
    """What everybody reads is in every catalogue; what officials read is in the English one besides."""
    for_everybody, everything = messages_of("ar"), messages_of("en")
    assert messages_of("uk") == for_everybody
    assert for_everybody.items() < everything.items()
    assert "Gå til indholdet" in for_everybody
    assert "Sekretariat" in for_everybody  # in the frame of every page
    assert "Skriv dit brugernavn." in everything.keys() - for_everybody.keys()


def test_the_same_sentence_said_to_both_is_translated_for_both():
    """A sentence that an official's page shares with a public one is not lost to the public."""
    assert "Adgangskode" in messages_of("pl")


@pytest.mark.parametrize(
    ("language", "lone"), [("ar", {0, 1, 2}), ("pl", {0}), ("uk", set()), ("ro", {0}), ("tr", set()), ("en", {0})]
)
def test_forms_that_stand_for_one_number(language, lone):
    """Where a form is for a single number the number may be a word; the Ukrainian form of 1 is also that of 21."""
    assert lone_forms(language) == lone


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("", "missing"),
        ('msgid "Hej %(name)s"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy, python-format\nmsgid "Hej %(name)s"\nmsgstr "Hi %(name)s"\n', "not translated"),
        ('#, python-format\nmsgid "Hej %(name)s"\nmsgstr "Hi"\n', "other placeholders in 'Hi'"),
    ],
)
def test_an_entry_that_does_not_say_the_sentence_is_a_fault(body, fault):
    """A sentence that is missing, empty, unsure or lacks what is put into it does not pass."""
    assert found("en", body, "Hej %(name)s") == [fault]


def test_what_nobody_says_any_more_is_a_fault():
    """A translation without a sentence would be kept for nobody."""
    assert found("en", 'msgid "Væk"\nmsgstr "Gone"\n') == ["left over"]


@pytest.mark.parametrize(
    ("language", "forms", "faultless"),
    [
        ("pl", ("Jedno w %(council)s", "%(num)s a %(council)s", "%(num)s b %(council)s"), True),
        ("pl", ("Jedno w %(council)s", "a %(council)s", "%(num)s b %(council)s"), False),
        ("pl", ("Jedno", "%(num)s a %(council)s", "%(num)s b %(council)s"), False),
        ("uk", ("%(num)s x %(council)s", "%(num)s y %(council)s", "%(num)s z %(council)s"), True),
        ("uk", ("Одне %(council)s", "%(num)s y %(council)s", "%(num)s z %(council)s"), False),
        ("ar", ("0 %(council)s", "1 %(council)s", "2 %(council)s", *["%(num)s %(council)s"] * 3), True),
        (
            "ar",
            ("0 %(council)s", "1 %(council)s", "2 %(council)s", "3 %(council)s", *["%(num)s %(council)s"] * 2),
            False,
        ),
        ("tr", ("%(num)s %(council)s",), True),
        ("ro", ("Un loc în %(council)s", "%(num)s a %(council)s", ""), False),
    ],
)
def test_every_form_of_a_plural_says_how_many(language, forms, faultless):
    """A form that stands for several numbers names the number, and every form names what else is put in."""
    assert (found(language, seats(*forms), SEATS) == []) is faultless


def test_a_plural_needs_each_of_its_forms():
    """An Arabic entry with two forms, as English has, does not pass."""
    assert found("ar", seats("%(num)s a %(council)s", "%(num)s b %(council)s"), SEATS) != []


def test_a_catalogue_with_another_plural_is_refused():
    """The forms are filled by a translator for one rule; a header with another would pick the wrong ones."""
    text = HEADER.format(plural="nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);")
    assert len(list(faults("pl", read_po(io.BytesIO(text.encode())), {}))) == 1


def test_writing_a_catalogue_keeps_what_is_translated():
    """New sentences come in empty and in order, old ones go, translations stay, and a second writing changes nothing."""
    before = catalogue("pl", 'msgid "Væk"\nmsgstr "Precz"\n\nmsgid "Åben"\nmsgstr "Otwarte"\n')
    messages = {"Åben": "Åben", "Lukket": "Lukket", SEATS[0]: SEATS}
    text = written("pl", before, messages)
    assert text.index(SEATS[0]) < text.index("Lukket") < text.index("Åben")
    assert "Otwarte" in text
    assert "Precz" not in text
    assert text.count('msgstr[2] ""') == 1
    assert "@" not in text
    assert "Date" not in text
    assert written("pl", read_po(io.BytesIO(text.encode())), messages) == text


def test_a_sentence_that_became_a_plural_is_translated_anew():
    """What was translated for one form only is not taken for all of them."""
    before = catalogue("ro", f'#, python-format\nmsgid "{SEATS[0]}"\nmsgstr "%(num)s loc în %(council)s."\n')
    assert "loc în" not in written("ro", before, {SEATS[0]: SEATS})
