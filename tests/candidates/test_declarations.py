"""The words of a declaration never change under the id that somebody agreed to."""

import hashlib
from typing import get_args

import pytest

from candidates.declarations import DECLARATIONS, Language, find_declaration

# A changed word needs a new id, and a new line here.
FIXED = {
    "anden-etnisk-baggrund-1": "d6edee5e89116fa283e277d70bd59865403f1178049f3921056bd76aef80237a",
}
FIXED_TRANSLATIONS = {
    "anden-etnisk-baggrund-1": "224dd04ac227c846a7e9cb56b2f0dd21d7f17829f8113a8acd45fe7c012eace8",
}
PROMISE = {"da": "ikke oplyse", "en": "not have to", "ar": "ولا يتعيّن", "tr": "değilim", "pl": "Nie muszę", "uk": "не потрібно", "ro": "Nu trebuie"}  # fmt: skip


def digest(declaration, languages) -> str:
    texts = (getattr(wording, code) for wording in (declaration.candidate, declaration.voter) for code in languages)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def test_no_word_changes_under_an_id():
    """Every id stands for exactly the texts it was published with, in each language."""
    assert {declaration.id: digest(declaration, ("da", "en")) for declaration in DECLARATIONS} == FIXED
    others = ("ar", "tr", "pl", "uk", "ro")
    assert {declaration.id: digest(declaration, others) for declaration in DECLARATIONS} == FIXED_TRANSLATIONS


def test_ids_are_unique():
    """Two declarations never share an id."""
    assert len({declaration.id for declaration in DECLARATIONS}) == len(DECLARATIONS)


def test_an_unknown_id_has_no_text():
    """An id that nobody wrote a text for is answered with None, also when it is nearly right."""
    assert find_declaration("anden-etnisk-baggrund-2") is None
    assert find_declaration("Anden-etnisk-baggrund-1") is None
    assert find_declaration("") is None


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("role", ["candidate", "voter"])
def test_both_roles_declare_in_every_language(role, language):
    """Candidates and voters read the declaration in their language, and that they need not say which background."""
    declaration = find_declaration("anden-etnisk-baggrund-1")
    shown, text = getattr(declaration, role).in_language(language)
    assert shown == language
    assert PROMISE[language] in text
    texts = {getattr(declaration, role).in_language(code)[1] for code in get_args(Language)}
    assert len(texts) == len(get_args(Language))


def test_the_authentic_text_is_danish():
    """The sentence that binds is the Danish one."""
    wording = find_declaration("anden-etnisk-baggrund-1").candidate
    assert wording.in_language("da")[1].startswith(
        "Jeg erklærer på tro og love, at jeg har anden etnisk baggrund end dansk"
    )


@pytest.mark.parametrize("language", ["so", "", "candidate", "__class__", "in_language"])
def test_a_language_without_translation_gets_the_authentic_text(language):
    """Where no translation exists the Danish text is shown and said to be Danish."""
    declaration = find_declaration("anden-etnisk-baggrund-1")
    assert declaration.voter.in_language(language) == ("da", declaration.voter.da)
