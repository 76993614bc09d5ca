"""A candidate may write in her own language too; she finds it by the name it has among those who speak it."""

from __future__ import annotations

from babel import Locale

OTHER = "other"
"""The choice for whoever does not find her language; she writes its name."""

UNDETERMINED = "und"
"""BCP 47 for a language whose code is not known; the text is shown all the same."""

CHOICES = (
    ("sq", "shqip"),
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("bs", "bosanski"),
    ("bg", "български"),
    ("my", "မြန်မာ"),
    ("zh", "中文"),
    ("fa-AF", "دری"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("et", "eesti"),
    ("fa", "فارسی"),
    ("fi", "suomi"),
    ("fil", "Filipino"),
    ("fr", "français"),
    ("fo", "føroyskt"),
    ("el", "Ελληνικά"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("is", "íslenska"),
    ("it", "italiano"),
    ("ja", "日本語"),
    ("kl", "kalaallisut"),
    ("ku", "kurdî (kurmancî)"),
    ("ckb", "کوردیی ناوەندی"),
    ("lv", "latviešu"),
    ("lt", "lietuvių"),
    ("mk", "македонски"),
    ("nl", "Nederlands"),
    ("ne", "नेपाली"),
    ("nb", "norsk"),
    ("om", "Oromoo"),
    ("ps", "پښتو"),
    ("pl", "polski"),
    ("pt", "português"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sr", "српски"),
    ("sk", "slovenčina"),
    ("so", "Soomaali"),
    ("es", "español"),
    ("sw", "Kiswahili"),
    ("sv", "svenska"),
    ("ta", "தமிழ்"),
    ("th", "ไทย"),
    ("ti", "ትግርኛ"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
)
"""Code (BCP 47) and own name, in the order of the English names; Danish is missing, since that text has its own field."""

_DANISH = "da"
_KNOWN = frozenset(code for code, _name in CHOICES)
_LONGEST_CODE = 8


def code_of(choice: str, other: str) -> str | None:
    """The code of the language chosen, or named in words (Danish, English or its own); None where none was chosen.

    None for Danish too, since that text has its own field and the same room as everybody's.
    """
    if choice in _KNOWN:
        return choice
    if choice != OTHER or not other.strip() or is_danish(other):
        return None
    return _code_by_name(other) or UNDETERMINED


def choice_of(code: str | None) -> tuple[str, str]:
    """What the form shows for a code that was kept: the choice, and the name in words where the choice is `OTHER`."""
    if code is None:
        return "", ""
    return (code, "") if code in _KNOWN else (OTHER, Locale("da").languages.get(code, ""))


def is_danish(name: str) -> bool:
    """Tell whether somebody who was asked for another language named Danish, in Danish, English or by its code."""
    return name.strip().casefold() == _DANISH or _code_by_name(name) == _DANISH


def _code_by_name(name: str) -> str | None:
    wanted = name.strip().casefold()
    for speaker in ("da", "en"):
        for code, called in Locale(speaker).languages.items():
            if called.casefold() == wanted and len(code) <= _LONGEST_CODE:
                return str(code).replace("_", "-")
    return next((code for code, own in CHOICES if own.casefold() == wanted), None)
