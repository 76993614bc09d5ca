"""The record for a case system: the same words and figures as on paper, with headings, lists and tables, and nothing drawn.

What the board signs are the record's data and its PDF; this is their text where somebody must go on writing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from votingapp.documents.record_view import view
from votingapp.documents.word import ENGLISH, Block, Heading, Points, Table, Text, write_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tally.record import Record

NOT_SIGNED = "Valgbestyrelsen underskriver protokollens data og PDF. Denne fil siger det samme, men underskrives ikke."


def write_record(record: Record) -> bytes:
    """Write the record (valgprotokol) as DOCX, with an English summary; equal records give equal bytes."""
    said = view(record)
    name, municipality = said["election"]["name"], said["election"]["municipality"]
    return write_word(
        f"Valgprotokol: {name}",
        tuple(_blocks(said)),
        dated=record.drawn_up,
        author=municipality,
        rehearsal=record.rehearsal,
    )


def _blocks(said: dict[str, Any]) -> Iterator[Block]:
    yield from _head(said)
    yield from _outcome(said)
    yield from _votes(said)
    yield from _election(said)
    yield from _station(said["station"])
    yield from _turnout(said["turnout"])
    yield from _accounts(said)
    yield from _papers(said)
    yield from _evening(said)
    yield from _check(said["verification"])
    yield Heading("Underskrifter")
    yield Table("Valgbestyrelsen", ("Navn", "Hverv"), tuple((one["name"], one["office"]) for one in said["board"]))
    yield from _summary(said)


def _head(said: dict[str, Any]) -> Iterator[Block]:
    election = said["election"]
    yield Text(f"{election['municipality']}, {election['day']}")
    if said["version"]:
        yield Text(f"Version {said['version']} af {said['drawn_up']}.")
        yield Text(NOT_SIGNED)
    else:
        yield Text("Dette er et udkast.", strong=True)
    if said["reason"]:
        yield Text(f"Den træder i stedet for den forrige version, som stadig kan hentes. Grunden er: {said['reason']}")
    if said["missing"]:
        yield Text("Protokollen er ikke fuldstændig. Der mangler:", strong=True)
        yield Points(tuple(said["missing"]))


def _outcome(said: dict[str, Any]) -> Iterator[Block]:
    outcome = said["outcome"]
    yield Heading("Resultat")
    if said["annulled"]:
        told = said["annulled"]
        yield Text("Valget er annulleret.", strong=True)
        yield Text(f"{told['body']} besluttede det den {told['decided_on']}. Grunden er: {told['reason']}")
        yield Text("Ingen er valgt ved dette valg.")
        return
    if outcome["status"] == "lots_required":
        yield Text("Udfaldet er ikke afgjort, før der er trukket lod.", strong=True)
    if outcome["status"] == "uncontested":
        yield Text("Der var ikke flere kandidater end pladser, og der blev ikke holdt afstemning.")
    yield Text("Valget er vejledende (integrationsloven § 42): Byrådet udpeger medlemmerne.")
    reserved = any(one["seat"] != "open" for one in outcome["elected"])
    seats = (
        (str(one["rank"]), _person(one), _seat(one["seat"]) if reserved else "", _number(one["votes"]))
        for one in outcome["elected"]
    )
    caption = "Valgt, forbeholdt Byrådets godkendelse"
    yield _filled(Table(caption, ("Nr.", "Navn", "Plads", "Stemmer"), tuple(seats), frozenset({0, 3})))
    if outcome["vacant"]:
        yield Text(f"Vakante pladser: {outcome['vacant']}")
    waiting = (
        (str(one["rank"]), _person(one), one["member"] or "", one["group"] or "", _number(one["votes"]))
        for one in outcome["substitutes"]
    )
    caption, head = (
        "Suppleanter i rækkefølge, forbeholdt Byrådets godkendelse",
        ("Nr.", "Navn", "Suppleant for", "Gruppe", "Stemmer"),
    )
    yield _filled(Table(caption, head, tuple(waiting), frozenset({0, 4})))
    yield from _lots(said["lots"])
    if outcome["steps"]:
        yield Heading("Optællingen trin for trin", 2)
        yield Points(tuple(outcome["steps"]), numbered=True)


def _lots(lots: Iterable[dict[str, Any]]) -> Iterator[Block]:
    for number, lot in enumerate(lots):
        if number == 0:
            yield Heading("Lodtrækning", 2)
        yield Text(f"Der blev trukket lod om {lot['decides']} mellem {_list(lot['among'])}, som stod lige.")
        yield Text(f"Rækkefølgen blev: {', '.join(lot['order'])}.")
        yield Text(f"{lot['method']}. Vidner: {_list(lot['witnesses'])}." if lot["method"] else "")
        yield Text(f"Terningerne viste {lot['dice']}. Regn efter med: {lot['command']}" if lot["dice"] else "")


def _votes(said: dict[str, Any]) -> Iterator[Block]:
    people = said["candidates"]
    polled = any(one["votes"] is not None for one in people)
    apart = any(one["paper_votes"] is not None for one in people)
    yield Heading("Stemmer" if polled else "Kandidater")
    head = ("Nr.", "Kandidat", *(("På tablet", "På papir") if apart else ()), *(("Stemmer",) if polled else ()))
    rows = (
        (
            str(one["number"]),
            _person(one),
            *((str(one["votes"] - one["paper_votes"]), str(one["paper_votes"])) if apart else ()),
            *((_number(one["votes"]),) if polled else ()),
        )
        for one in people
    )
    figures = frozenset({0, *range(2, len(head))})
    yield Table("Kandidaterne i stemmesedlens rækkefølge", head, tuple(rows), figures)


def _election(said: dict[str, Any]) -> Iterator[Block]:
    election, times = said["election"], said["times"]
    yield Heading("Valget")
    yield Text(
        f"Valget gælder perioden {election['term'][0]} til {election['term'][1]}. Pladser på valg: {election['seats']}. "
        f"Stemmer til hver vælger: {election['votes_per_voter']}."
    )
    yield Text(
        f"Valgregulativet er vedtaget af {election['adopted_by']} den {election['adopted_on']}. "
        f"Dets kontrolsum (SHA-256) er {election['rules_sha256']}."
    )
    happened = (("Stemmesedlen låst", "frozen"), ("Afstemningen åbnet", "opened"), ("Afstemningen lukket", "closed"))
    rows = tuple((words, times[name] or "ikke sket") for words, name in happened)
    yield Table("Tidspunkter", ("Begivenhed", "Tidspunkt"), rows)


def _station(station: dict[str, Any] | None) -> Iterator[Block]:
    if station is None:
        return
    yield Heading("Åbning og lukning")
    for caption, name in (
        ("Til stede ved åbningen", "opened_by"),
        ("Til stede ved lukningen", "closed_by"),
        ("Til stede, da urnens rapport blev lavet", "sealed_by"),
    ):
        yield Table(caption, ("Navn", "Bekræftet"), tuple((one["name"], one["at"]) for one in station[name]))
    if station["doors_closed"]:
        yield Text(
            f"Dørene blev lukket {station['doors_closed']}. I køen stod {station['queue']}, og "
            f"{station['admitted_from_queue']} af dem blev lukket ind."
        )
    sums = (("Nulrapporten", "zero_report_sha256"), ("Urnen", "urn_sha256"), ("Urnens rapport", "urn_report_sha256"))
    rows = tuple((words, station[name]) for words, name in sums if station[name])
    yield Table("Kontrolsummer på det, der blev underskrevet (SHA-256)", ("Hvad", "Værdi"), rows)


def _turnout(turnout: dict[str, Any] | None) -> Iterator[Block]:
    if turnout is None:
        return
    yield Heading("Fremmøde og stemmesedler")
    rows = (
        *((("Vælgere på valglisten", "roll"),) if turnout["roll"] is not None else ()),
        ("Mødt frem", "admissions"),
        ("Trykte stemmesedler", "slips_printed"),
        ("Udleveret til vælgere", "slips_issued"),
        ("Ombyttet og gjort ugyldige", "slips_exchanged"),
        ("Ugyldige, før en vælger fik dem", "slips_void"),
        ("Tilovers, talt", "slips_left_over"),
        ("Udleverede, som blev leveret ubrugte tilbage", "slips_returned"),
        ("Udleverede, hverken afgivet eller leveret tilbage", "slips_not_cast"),
        ("Stemmer i urnen", "ballots"),
        *(
            (("Mødt frem for at stemme på papir", "on_paper"), ("Papirstemmer, talt i hånden", "paper_ballots"))
            if turnout["on_paper"]
            else ()
        ),
        ("Blanke i alt", "blank"),
        ("Ugyldige i alt", "invalid"),
        ("Åbnet for at kontrollere en tablet, ikke med i tallene", "challenged"),
    )
    counted = tuple((words, _number(turnout[name])) for words, name in rows)
    yield Table("Stemmeseddelregnskab", ("Post", "Antal"), counted, frozenset({1}))
    yield from _paper_account(turnout["paper"])


def _paper_account(paper: dict[str, Any] | None) -> Iterator[Block]:
    if paper is None:
        return
    rows = (
        ("Trykte papirstemmesedler", "printed"),
        ("Udleveret til vælgere", "issued"),
        ("Ombyttet og gjort ugyldige", "exchanged"),
        ("Ugyldige, før en vælger fik dem", "void"),
        ("Tilovers, talt", "left_over"),
        ("Udleverede, som blev leveret ubrugte tilbage", "returned"),
    )
    counted = tuple((words, _number(paper[name])) for words, name in rows)
    yield Table("Regnskab over papirstemmesedler", ("Post", "Antal"), counted, frozenset({1}))


def _accounts(said: dict[str, Any]) -> Iterator[Block]:
    if not said["reconciliation"]:
        return
    yield Heading("Afstemning af tallene")
    rows = tuple(
        (one["account"], str(one["expected"]), str(one["counted"]), _signed(one["difference"]), _why(one))
        for one in said["reconciliation"]
    )
    head = ("Konto", "Ventet", "Talt", "Forskel", "Forklaring")
    yield Table("Tal, der skal stemme overens", head, rows, frozenset({1, 2, 3}))
    boxes = tuple(
        (one["box"], str(one["counted"]), str(one["too_few"]), str(one["too_many"]), _why(one)) for one in said["boxes"]
    )
    head = ("Kasse", "Talt", "For få", "For mange", "Forklaring")
    yield Table("Kasser, der ikke gik op", head, boxes, frozenset({1, 2, 3}))


def _papers(said: dict[str, Any]) -> Iterator[Block]:
    papers, audit = said["paper_record"], said["audit"]
    if papers is not None:
        yield Heading("Kontrolsedler")
        yield Text("Kontrolsedler er ikke stemmer: resultatet er urnens. De blev talt i hånden af to, hver for sig.")
        rows = (
            ("I kontrolkassen", "papers"),
            ("Heraf ulæselige", "unreadable"),
            ("Givet tilbage og kasseret, ikke i kassen", "spoilt"),
        )
        counted = tuple((words, _number(papers[name], "ikke talt")) for words, name in rows)
        yield Table("Kontrolsedler, talt i hånden", ("Post", "Antal"), counted, frozenset({1}))
        votes = () if papers["votes"] is None else zip(said["candidates"], papers["votes"], strict=True)
        said_by_papers = [(f"{one['number']}. {_person(one)}", str(number)) for one, number in votes]
        if said_by_papers:
            said_by_papers.append(("Blank stemme", str(papers["blank"])))
        yield Table("Hvad kontrolsedlerne siger", ("Kandidat", "Kontrolsedler"), tuple(said_by_papers), frozenset({1}))
    if audit is not None:
        yield Heading("Efterprøvning af kontrolsedlerne")
        yield from map(Text, audit["sentences"])
        yield Text(f"Terningerne viste {audit['dice']}." if audit["dice"] else "")
        differing = tuple(
            (_person(one), str(one["urn"]), str(one["papers"]), _signed(one["difference"]))
            for one in audit["differences"]
        )
        head = ("Kandidat", "Urnen", "Kontrolsedler", "Forskel")
        yield Table("Kontrolsedler mod urnen", head, differing, frozenset({1, 2, 3}))


def _evening(said: dict[str, Any]) -> Iterator[Block]:
    if said["desks"]:
        yield Heading("Ved bordene")
        rows = tuple((words, str(number)) for words, number in said["desks"])
        yield Table("Afvisninger, tvivlssager og hjælp", ("Hvad", "Antal"), rows, frozenset({1}))
    yield Heading("Hændelser og bemærkninger")
    told = tuple(f"{one['at']}: {one['text']}" if one["at"] else one["text"] for one in said["remarks"])
    yield Points(told) if told else Text("Der er ikke indført bemærkninger.")
    if said["statements"]:
        yield Heading("Erklæringer")
        yield Points(tuple(f"{one['text']} ({one['at']}: {_list(one['signed_by'])})" for one in said["statements"]))


def _check(verification: dict[str, Any] | None) -> Iterator[Block]:
    if verification is None:
        return
    yield Heading("Sådan kontrolleres valget")
    yield Text("Kør votingapp verify election.bel på det offentliggjorte arkiv, og sammenlign kontrolsummerne.")
    sums = (
        ("Valgets fingeraftryk", "election_fingerprint"),
        ("Arkivets seneste hændelse", "last_event"),
        ("Arkivets SHA-256", "archive_sha256"),
    )
    yield Table("Kontrolsummer", ("Hvad", "Værdi"), tuple((words, verification[name]) for words, name in sums))
    holders = tuple((one["name"], "ja" if one["decrypted"] else "nej") for one in verification["trustees"])
    yield Table("Nøgleholdere", ("Navn", "Deltog i dekrypteringen"), holders)


def _summary(said: dict[str, Any]) -> Iterator[Block]:
    """The outcome once more for readers of English."""
    election, outcome, turnout = said["election"], said["outcome"], said["turnout"]
    yield Heading("Summary in English", language=ENGLISH)
    if said["rehearsal"]:
        yield Text("This was a rehearsal. Nobody has been elected.", strong=True, language=ENGLISH)
    yield Text(
        f"{election['name']}, {election['municipality']}, {election['day_en']}. Term: {election['term_en'][0]} to "
        f"{election['term_en'][1]}. The election is advisory: those elected are elected subject to appointment by the "
        "municipal council (Byråd). The Danish text is the authentic one.",
        language=ENGLISH,
    )
    if said["annulled"]:
        yield Text("The election was annulled. Nobody is elected by it.", strong=True, language=ENGLISH)
    if outcome["status"] == "lots_required":
        yield Text("The outcome is not settled: lots must be drawn.", strong=True, language=ENGLISH)
    if outcome["status"] == "uncontested":
        yield Text("There were no more candidates than seats, and no vote was held.", language=ENGLISH)
    if turnout is not None:
        yield Text(
            f"{turnout['admissions']} voters came; the urn held {turnout['ballots']} ballots. {turnout['blank']} votes were "
            f"blank and {turnout['invalid']} invalid.",
            language=ENGLISH,
        )
    elected = tuple((str(one["rank"]), _person(one), _number(one["votes"])) for one in outcome["elected"])
    caption, head = "Elected, subject to appointment by the municipal council", ("No.", "Name", "Votes")
    yield Table(caption, head, elected, frozenset({0, 2}), ENGLISH)


def _filled(table: Table) -> Table:
    """The same table without the columns in which nothing stands."""
    shown = [place for place in range(len(table.head)) if any(row[place] for row in table.rows)]
    rows = tuple(tuple(row[place] for place in shown) for row in table.rows)
    figures = frozenset(new for new, old in enumerate(shown) if old in table.figures)
    return (
        replace(table, head=tuple(table.head[place] for place in shown), rows=rows, figures=figures) if rows else table
    )


def _seat(seat: str) -> str:
    return "åben" if seat == "open" else f"forbeholdt {seat}"


def _person(one: dict[str, Any]) -> str:
    return f"{one['name']} ({one['line']})" if one["line"] else str(one["name"])


def _number(value: int | None, lacking: str = "–") -> str:
    return lacking if value is None else str(value)


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number).replace("-", "−")


def _why(row: dict[str, Any]) -> str:
    if row["explanation"]:
        return f"{row['explanation']} ({_list(row['signed_by'])})" if row["signed_by"] else str(row["explanation"])
    return "–" if row.get("comes_out") else "mangler"


def _list(names: Iterable[str]) -> str:
    *most, last = tuple(names) or ("",)
    return f"{', '.join(most)} og {last}" if most else last
