"""Who sat on which seat when, as a picture with a table beside it: for the page, and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tally.council import SeatKind
from tally.tenure import ONE_DAY, Sitting, as_known_on, spans
from votingapp.documents.dates import danish_date
from votingapp.documents.typesetting import typeset
from votingapp.store import seats, tenures

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from tally.council import Place
    from votingapp.store.elections import Election

_WIDTH, _MARGIN = 960, 12
_HEADER, _SEAT, _LINE = 26, 26, 34
"""Pixels: the years above, the line that names a seat, and each stretch of it with its name above its bar."""

_BAR, _ABOVE = 10, 17
_LONGEST_NAME = 44
"""Signs of a name in the picture; the table has all of it."""

_HALF = 0.55
"""A stretch that begins right of here has its name written to the left of its end, so that none runs out."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one seat, both included; `who` is None where it is vacant, "" for a member who was not elected.

    `is_over` is whether it has an end of its own, and does not just last as long as the term.
    """

    who: str | None
    from_on: date
    until_on: date
    is_over: bool


@dataclass(frozen=True, slots=True)
class SeatHistory:
    """One seat and its whole term, without a gap."""

    place: Place
    stretches: tuple[Stretch, ...]

    def now(self, day: date) -> Stretch | None:
        """What is so on a day; None outside the term."""
        return next((one for one in self.stretches if one.from_on <= day <= one.until_on), None)


@dataclass(frozen=True, slots=True)
class History:
    """The seats of a council by number, over its term."""

    term_start: date
    term_end: date
    seats: tuple[SeatHistory, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What the picture says, in the language of its page; `seat` has `{number}`, `reserved` has `{group}`."""

    title: str
    description: str
    vacant: str
    appointed: str
    seat: str
    reserved: str

    def name_of(self, stretch: Stretch) -> str:
        """Who or what a stretch is."""
        if stretch.who is None:
            return self.vacant
        return stretch.who or self.appointed

    def label_of(self, place: Place) -> str:
        """What a seat is called: its number, and its group or how it is filled."""
        label = self.seat.format(number=place.number)
        if place.kind is not SeatKind.ELECTED:
            return f"{label} – {place.category}"
        return f"{label} – {self.reserved.format(group=place.group)}" if place.group else label


DANISH = Wording(
    title="Hvem sad i rådet hvornår",
    description="Hver plads er en række over perioden. Tabellen siger det samme.",
    vacant="vakant",
    appointed="udpeget medlem",
    seat="Plads {number}",
    reserved="forbeholdt {group}",
)


def history_of(connection: Connection, election: Election, today: date, *, for_everybody: bool) -> History | None:
    """Who sat when; None before the council is put together.

    For everybody the names are those of people who stood at the election, and nobody is said to leave before she has.
    """
    kept = seats.every(connection, election.id)
    if not kept:
        return None
    times = tenures.sittings(connection, election.id)
    if for_everybody:
        times = as_known_on(times, today)
    term = election.rules.election
    return History(
        term.term_start,
        term.term_end,
        tuple(
            SeatHistory(
                one.place,
                tuple(
                    Stretch(
                        who=_named(span.sitting, for_everybody=for_everybody),
                        from_on=span.from_on,
                        until_on=span.until_on,
                        is_over=span.until_on < term.term_end,
                    )
                    for span in spans(times, one.place.number, term.term_start, term.term_end)
                ),
            )
            for one in kept
        ),
    )


def _named(sitting: Sitting | None, *, for_everybody: bool) -> str | None:
    if sitting is None:
        return None
    return "" if for_everybody and sitting.candidate is None else sitting.name


def draw(history: History, wording: Wording) -> str:
    """The picture as SVG, told by its title and description; time runs from left to right in every language.

    It has no colour that alone says something: a vacant stretch is an outline and says so in words. Classes let a page
    give it the colours of its own light or dark.
    """
    height = _HEADER + sum(_SEAT + _LINE * len(one.stretches) for one in history.seats) + _MARGIN
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_WIDTH} {height}",
            "width": str(_WIDTH),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "history-title history-description",
            "direction": "ltr",
            "font-family": "Noto Sans, Noto Sans Arabic, sans-serif",
            "font-size": "14",
            "fill": "currentColor",
        },
    )
    ET.SubElement(root, "title", {"id": "history-title"}).text = wording.title
    ET.SubElement(root, "desc", {"id": "history-description"}).text = wording.description
    _draw_years(root, history, height)
    top = _HEADER
    for one in history.seats:
        _write(root, wording.label_of(one.place), _MARGIN, top + _ABOVE, weight="bold")
        top += _SEAT
        for stretch in one.stretches:
            _draw_stretch(root, history, stretch, wording.name_of(stretch), top)
            top += _LINE
    return ET.tostring(root, encoding="unicode")


def render_history(history: History, *, election: str, municipality: str, rehearsal: bool, today: date) -> bytes:
    """Set picture and table as PDF/A-3a and PDF/UA-1, in Danish; equal arguments give equal bytes."""
    data = {
        "election": election,
        "municipality": municipality,
        "rehearsal": rehearsal,
        "today": danish_date(today),
        "term": [danish_date(history.term_start), danish_date(history.term_end)],
        "title": DANISH.title,
        "description": DANISH.description,
        "years": [{"label": str(day.year), "at": _share(history, day)} for day in _years(history)],
        "seats": [_row(history, one) for one in history.seats],
        "rows": [
            [
                DANISH.label_of(one.place),
                DANISH.name_of(stretch),
                danish_date(stretch.from_on),
                danish_date(stretch.until_on) if stretch.is_over else "",
            ]
            for one in history.seats
            for stretch in one.stretches
        ],
    }
    return typeset("seat_history", data, dated=today)


def _row(history: History, one: SeatHistory) -> dict[str, object]:
    """A seat of the picture on paper, where it is drawn by the typesetter: its text must be text, in every script."""
    return {
        "label": DANISH.label_of(one.place),
        "stretches": [
            {
                "name": _cut(DANISH.name_of(stretch)),
                "from": _share(history, stretch.from_on),
                "to": _share(history, stretch.until_on + ONE_DAY),
                "vacant": stretch.who is None,
            }
            for stretch in one.stretches
        ],
    }


def _share(history: History, day: date) -> float:
    """How much of the term lies before a day, from 0 to 1."""
    days = (history.term_end - history.term_start).days + 1
    return min(max((day - history.term_start).days, 0), days) / days


def _years(history: History) -> list[date]:
    """The first day of each year that the term touches, or of the term."""
    years = range(history.term_start.year, history.term_end.year + 1)
    return [max(history.term_start, history.term_start.replace(year=year, month=1, day=1)) for year in years]


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _place_of(history: History, day: date) -> float:
    return _MARGIN + _share(history, day) * (_WIDTH - 2 * _MARGIN)


def _draw_years(root: ET.Element, history: History, height: int) -> None:
    for day in _years(history):
        left = f"{_place_of(history, day):.1f}"
        line = {
            "x1": left,
            "x2": left,
            "y1": "4",
            "y2": str(height - _MARGIN),
            "stroke": "currentColor",
            "opacity": "0.3",
        }
        ET.SubElement(root, "line", line)
        _write(root, str(day.year), float(left) + 4, _ABOVE)


def _draw_stretch(root: ET.Element, history: History, stretch: Stretch, name: str, top: int) -> None:
    left, right = _place_of(history, stretch.from_on), _place_of(history, stretch.until_on + ONE_DAY)
    box = {"x": f"{left:.1f}", "y": str(top + _ABOVE + 4), "width": f"{max(right - left, 1):.1f}", "height": str(_BAR)}
    if stretch.who is None:
        look = {"class": "vacant", "fill": "none", "stroke": "currentColor", "stroke-dasharray": "4 3"}
    else:
        look = {"class": "sitting", "fill": "#14477e"}
    ET.SubElement(root, "rect", box | look)
    if left < _WIDTH * _HALF:
        _write(root, _cut(name), left, top + _ABOVE)
    else:
        _write(root, _cut(name), right, top + _ABOVE, anchor="end")


def _write(root: ET.Element, words: str, left: float, baseline: int, *, anchor: str = "", weight: str = "") -> None:
    look = {"x": f"{left:.1f}", "y": str(baseline)}
    look |= {"text-anchor": anchor} if anchor else {}
    look |= {"font-weight": weight} if weight else {}
    ET.SubElement(root, "text", look).text = words
