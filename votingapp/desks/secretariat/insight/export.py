"""What is kept about a person as one file that she can take with her: Danish names, Danish time, nothing of anybody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from candidates.cpr import blank_out_cpr, mask
from votingapp.desks.secretariat.insight.words import PAGES, ROLES
from votingapp.documents.dates import COPENHAGEN

if TYPE_CHECKING:
    from datetime import date, datetime

    from votingapp.desks.secretariat.insight.service import Told
    from votingapp.store.audit import Entry
    from votingapp.store.drafts import Draft
    from votingapp.store.elections import Election
    from votingapp.store.filing import Version
    from votingapp.store.insight import Application, Attendance, Backing, Standing
    from votingapp.store.insight_as_member import Membership
    from votingapp.store.insight_at_the_desk import InDoubt, TakenBack
    from votingapp.store.looks import Look
    from votingapp.store.notices import Notice
    from votingapp.store.register import Resident

Member = dict[str, Any]

_OF_BALLOTS = "Systemet gemmer intet om, hvad en person har stemt. Ingen oplysning her fører til en stemme."


def write(told: Told, election: Election, made_at: datetime, *, names: bool) -> bytes:
    """The file in JSON (UTF-8); `names` says whether the officials who looked are named beside their roles.

    Somebody else's proposers are counted and not named, and a CPR number is masked: she knows her own.
    """
    kept = told.kept
    content = {
        "valg": election.name,
        "udskrevet": _at(made_at),
        "folkeregisterudtræk": _resident(kept.resident, by_supervisor=kept.by_supervisor),
        "fremmøde": _attendance(kept.attendance, names=names),
        "fortrudte_fremmøder": [_taken_back(one, names=names) for one in kept.taken_back],
        "tvivlssager": [_doubt(one, names=names) for one in kept.doubts],
        "har_givet_sig_til_kende": [_application(one) for one in kept.applications],
        "opstillinger": [_standing(one) for one in kept.standings],
        "opstillinger_med_nummeret_som_ingen_har_kontrolleret": [
            {"modtaget": _at(one.received_at), "tilstand": one.state.value} for one in kept.claims
        ],
        "har_været_stiller_for": [_backing(one) for one in kept.backings],
        "afgørelser_og_handlinger_i_valgets_log": [_entry(one) for one in kept.entries],
        "hvem_har_set_oplysningerne": [_look(one, told, names=names) for one in kept.looks],
        "stemmer": _OF_BALLOTS,
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _at(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(COPENHAGEN).isoformat(timespec="seconds")


def _resident(resident: Resident | None, *, by_supervisor: bool) -> Member | None:
    if resident is None:
        return None
    return {
        "navn": resident.name,
        "fødselsdato": resident.birth_date.isoformat(),
        "kommunekode": resident.municipality_code,
        "navne_og_adressebeskyttet": resident.protected,
        "skrevet_på_valglisten_efter_papirer": by_supervisor,
    }


def _attendance(attendance: Attendance | None, *, names: bool) -> Member:
    if attendance is None:
        return {"mødt_frem": False}
    told = {
        "mødt_frem": True,
        "tid": _at(attendance.at),
        "bord": attendance.desk,
        "erklæring": attendance.declaration,
        "erklæret": _at(attendance.declared_at),
        "kvitteringsnummer": attendance.number,
        "stemmer_på_papir": attendance.on_paper,
        "indtastet_fra_trykt_valgliste": attendance.from_printed_roll,
    }
    return told | {"medarbejder": attendance.official} if names else told


def _taken_back(one: TakenBack, *, names: bool) -> Member:
    told = {
        "kvitteringsnummer": one.number,
        "mødt_frem": _at(one.admitted_at),
        "bord": one.desk,
        "fortrudt": _at(one.undone_at),
        "begrundelse": one.reason,
        "stemmeseddel": one.slip,
        "stemmer_på_papir": one.on_paper,
    }
    return told | {"medarbejdere": [one.undone_by, one.second]} if names else told


def _doubt(one: InDoubt, *, names: bool) -> Member:
    told = {
        "rejst": _at(one.raised_at),
        "bord": one.desk,
        "slags": one.kind.value,
        "bemærkning": one.note,
        "afgjort": _at(one.decided_at),
        "lukket_ind": one.admit,
        "begrundelse": one.reason or None,
    }
    return told | {"rejst_af": one.raised_by, "afgjort_af": one.decided_by or None} if names else told


def _application(one: Application) -> Member:
    return {
        "måde": one.applicant.identity.value,
        "navn": one.applicant.name,
        "e-mail": one.applicant.email,
        "cpr": mask(one.applicant.cpr) if one.applicant.cpr else None,
        "navne_og_adressebeskyttet": one.applicant.protected,
        "første_gang": _at(one.first_seen_at),
        "kladde": _draft(one.draft) if one.draft else None,
        "billede_gemt": _at(one.photo_added_at),
    }


def _draft(draft: Draft) -> Member:
    written = draft.content
    return {
        "gemt": _at(draft.saved_at),
        "navn": written.name,
        "cpr": blank_out_cpr(written.cpr),
        "e-mail": written.email,
        "telefon": written.phone,
        "adresse": written.address,
        "gruppe": written.group,
        "tekst": written.statement,
        "eget_sprog": written.own_language or written.other_language,
        "tekst_på_eget_sprog": written.own_statement,
    }


def _standing(one: Standing) -> Member:
    filed, decision = one.filed, one.filed.nomination.decision
    return {
        "kvitteringsnummer": filed.receipt,
        "offentligt_nummer": filed.public_id,
        "måde": filed.identity.value,
        "identitet_kontrolleret": _at(filed.identity_check.checked_at) if filed.identity_check else None,
        "identitet_kontrolleret_af": one.identity_checked_by,
        "navn": filed.name,
        "tilføjelse_på_stemmesedlen": filed.line,
        "cpr": mask(one.person.cpr) if one.person.cpr else None,
        "fødselsdato": one.person.birth_date.isoformat() if one.person.birth_date else None,
        "e-mail": one.contact.email,
        "telefon": one.contact.phone,
        "adresse": one.contact.address,
        "gruppe": filed.group,
        "erklæring": filed.declaration,
        "erklæret": _at(filed.declared_at),
        "samtykke_til_offentliggørelse": _at(filed.consented_at),
        "modtaget": _at(filed.nomination.submitted_at),
        "tilstand": filed.state.value,
        "begrundelse": decision.reason if decision else None,
        "afgjort": _at(decision.decided_at) if decision else None,
        "afgjort_af": one.decided_by,
        "nummer_på_stemmesedlen": filed.ballot_number,
        "stillere_der_har_bekræftet": one.proposers,
        "udgaver": [_version(version) for version in one.versions],
        "breve": [_notice(notice) for notice in one.notices],
        "e-mails": [
            {
                "slags": mail.kind,
                "skrevet": _at(mail.queued_at),
                "sendt": _at(mail.sent_at),
                "opgivet": _at(mail.given_up_at),
            }
            for mail in one.mails
        ],
        "medlem_og_suppleant": _membership(one.membership),
    }


def _membership(one: Membership) -> Member:
    return {
        "medlem": [{"fra": _day(time.from_on), "til_og_med": _day(time.until_on)} for time in one.times],
        "udeblivelser": [
            {"møde": _day(missed.met_on), "forklaret": missed.excused, "bemærkning": missed.note}
            for missed in one.missed
        ],
        "udtrådt": [
            {"grund": left.cause.value, "sidste_dag": _day(left.left_on), "oplyst": left.evidence}
            for left in one.gave_up
        ],
        "foreslået_til_en_plads": [
            {"dag": _day(taken.day), "skridt": taken.step.value, "bemærkning": taken.words} for taken in one.proposals
        ],
        "kan_ikke_indtræde": [{"fra": _day(day), "oplyst": evidence} for day, evidence in one.known],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _version(version: Version) -> Member:
    return {
        "nummer": version.number,
        "gemt": _at(version.saved_at),
        "navn": version.name,
        "tekst": version.statement,
        "eget_sprog": version.own_language,
        "tekst_på_eget_sprog": version.own_statement,
        "med_billede": version.photo_id is not None,
    }


def _notice(notice: Notice) -> Member:
    return {
        "slags": notice.kind.value,
        "afgjort": _at(notice.decided_at),
        "begrundelse": notice.reason,
        "svar_senest": _at(notice.answer_by),
        "klag_senest": _at(notice.complain_by),
        "åbner_navn_tekst_og_foto": notice.opens_presentation,
        "sendt": _at(notice.sent_at),
    }


def _backing(backing: Backing) -> Member:
    return {
        "kandidat": backing.candidate,
        "navn": backing.asked.name,
        "e-mail": backing.asked.email,
        "spurgt": _at(backing.asked.asked_at),
        "bekræftet": _at(backing.asked.confirmed_at),
        "erklæring": backing.asked.declared,
    }


def _entry(entry: Entry) -> Member:
    # The particulars of an entry may name others beside her; what was done, and why, is hers to know.
    details = json.loads(entry.details)
    told = {"tid": _at(entry.at), "handling": entry.act, "begrundelse": details.get("reason")}
    # What a desk wrote about her when it was in doubt is about nobody else.
    return told | {"bemærkning": details["note"]} if entry.act == "doubt_raised" else told


def _look(look: Look, told: Told, *, names: bool) -> Member:
    roles = sorted(str(ROLES[role]) for role in told.roles[look.staff_id])
    seen = {"tid": _at(look.at), "side": str(PAGES[look.what]), "rolle": roles}
    return seen | {"medarbejder": look.official} if names else seen
