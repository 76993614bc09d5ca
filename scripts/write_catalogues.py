"""Bring every catalogue up to what the pages say: new sentences are added empty, left-over ones go, translations stay."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from catalogues import PLURAL_FORMS, Message, catalogue_of, messages_of

from votingapp.web.languages import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 120
HEADER = r"""# {name}, translated from the authentic Danish.
msgid ""
msgstr ""
"Project-Id-Version: votingapp 0.1\n"
"Language: {language}\n"
"Plural-Forms: {plural}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def written(language: str, before: Catalog, messages: dict[str, Message]) -> str:
    """The text of a catalogue that holds exactly `messages`, in their order, with what `before` translates of them."""
    after = Catalog(locale=language)
    # Babel knows other rules for some plurals; ours are those that translators are used to.
    after.mime_headers = [("Plural-Forms", PLURAL_FORMS[language])]
    for key in sorted(messages):
        message, known = messages[key], before.get(key)
        same_kind = known is not None and isinstance(known.id, str) == isinstance(message, str)
        if same_kind and not known.fuzzy:
            after.add(message, known.string, user_comments=known.user_comments)
        else:
            after.add(message, "" if isinstance(message, str) else ("",) * after.num_plurals)
    body = io.BytesIO()
    write_po(body, after, width=WIDTH, omit_header=True, sort_output=True, no_location=True)
    header = HEADER.format(name=LANGUAGES[language], language=language, plural=PLURAL_FORMS[language])
    return header + body.getvalue().decode()


def read(source: Path, language: str) -> Catalog:
    """A catalogue as it stands; an empty one where there is none."""
    if not source.exists():
        return Catalog(locale=language)
    with source.open("rb") as stream:
        return read_po(stream, abort_invalid=True)


def main() -> None:
    """Write the catalogues of the languages named on the command line anew, every one when none is named."""
    for language in sys.argv[1:] or PLURAL_FORMS:
        source = catalogue_of(language)
        text = written(language, read(source, language), messages_of(language))
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
