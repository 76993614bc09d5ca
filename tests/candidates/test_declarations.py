"""The words of a declaration never change under the id that somebody agreed to."""

import hashlib

import pytest

from candidates.declarations import DECLARATIONS, find_declaration

# A changed word needs a new id, and a new line here.
FIXED = {
    "anden-etnisk-baggrund-1": "d6edee5e89116fa283e277d70bd59865403f1178049f3921056bd76aef80237a",
}


def digest(declaration) -> str:
    texts = (declaration.candidate.da, declaration.candidate.en, declaration.voter.da, declaration.voter.en)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def test_no_word_changes_under_an_id():
    """Every id stands for exactly the texts it was published with."""
    assert {declaration.id: digest(declaration) for declaration in DECLARATIONS} == FIXED


def test_ids_are_unique():
    """Two declarations never share an id."""
    assert len({declaration.id for declaration in DECLARATIONS}) == len(DECLARATIONS)


def test_an_unknown_id_has_no_text():
    """An id that nobody wrote a text for is answered with None, also when it is nearly right."""
    assert find_declaration("anden-etnisk-baggrund-2") is None
    assert find_declaration("Anden-etnisk-baggrund-1") is None
    assert find_declaration("") is None


@pytest.mark.parametrize("role", ["candidate", "voter"])
def test_both_roles_declare_in_danish_and_english(role):
    """Candidates and voters read the declaration in Danish, and in English on request."""
    declaration = find_declaration("anden-etnisk-baggrund-1")
    wording = getattr(declaration, role)
    assert wording.in_language("da")[1].startswith(
        "Jeg erklærer på tro og love, at jeg har anden etnisk baggrund end dansk"
    )
    assert wording.in_language("en")[0] == "en"


def test_a_language_without_translation_gets_the_authentic_text():
    """Where no translation exists the Danish text is shown and said to be Danish."""
    declaration = find_declaration("anden-etnisk-baggrund-1")
    assert declaration.voter.in_language("ar") == ("da", declaration.voter.da)
