"""Who may open which door: every route states it, and an app with a route that does not refuses to start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, render_template, request, url_for

from votingapp.store import elections, house
from votingapp.store.devices import Kind
from votingapp.store.staff import Role, Staff, roles_of
from votingapp.web.applicants import signed_in_applicant, was_known
from votingapp.web.devices import device_here
from votingapp.web.reading import one_look, reading
from votingapp.web.sessions import signed_in_staff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from werkzeug.wrappers import Response

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

View = TypeVar("View", bound="Callable[..., Any]")

_MARK = "_access_rule"

_NOT_TYPED = frozenset({"csrf_token", "warned"})
"""Fields of a form that nobody fills in."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may pass: everybody, an applicant, every official, who may found elections, or holders of a role at the election.

    `device` is the kind of device, joined at the election, from which alone one may.
    """

    name: str
    roles: frozenset[Role] = frozenset()
    needs_staff: bool = True
    device: Kind | None = None


PUBLIC = Rule("public", needs_staff=False)
APPLICANT = Rule("applicant", needs_staff=False)
"""Whoever has said who she is at the election in the address; everybody else is asked to do so first."""
BOOTH_DEVICE = Rule("booth device", needs_staff=False, device=Kind.BOOTH)
"""A tablet that has been joined as a booth of the election in the address, whoever stands before it."""
STAFF = Rule("staff")
FOUNDER = Rule("founder")


def roles(*allowed: Role) -> Rule:
    """A rule for officials appointed to one of these roles at the election in the address."""
    return Rule("+".join(sorted(role.value for role in allowed)), frozenset(allowed))


def at_desk(*allowed: Role) -> Rule:
    """The same at a device that has been joined as a desk of the election in the address."""
    return Rule(
        "desk device, " + "+".join(sorted(role.value for role in allowed)), frozenset(allowed), device=Kind.DESK
    )


class UnguardedRouteError(Exception):
    """A route has no access rule; the app must not start."""


def guard(rule: Rule) -> Callable[[View], View]:
    """Declare who may open a view; stands directly above the function, below its route."""

    def mark(view: View) -> View:
        setattr(view, _MARK, rule)
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The declared rule of an endpoint; the static files are everybody's."""
    if endpoint == "static":
        return PUBLIC
    found = getattr(app.view_functions[endpoint], _MARK, None)
    return found if isinstance(found, Rule) else None


def refuse_unguarded(app: Flask) -> None:
    """Stop the start of an app in which some route has no rule, or asks for a role without naming an election."""
    for route in app.url_map.iter_rules():
        rule = rule_of(app, route.endpoint)
        if rule is None:
            raise UnguardedRouteError(f"no access rule on {route.rule} ({route.endpoint})")
        if (rule.roles or rule.device or rule is APPLICANT) and "slug" not in route.arguments:
            raise UnguardedRouteError(f"a role without an election on {route.rule} ({route.endpoint})")


def list_doors(app: Flask) -> Iterator[str]:
    """One line per route, by address: methods, path, rule."""
    for route in sorted(app.url_map.iter_rules(), key=lambda route: (route.rule, sorted(route.methods or ()))):
        methods = ",".join(sorted((route.methods or set()) - {"HEAD", "OPTIONS"}))
        rule = rule_of(app, route.endpoint)
        yield f"{methods:<9}{route.rule:<62}{rule.name if rule else 'NONE'}"


def check_access() -> Response | tuple[str, int] | None:
    """Before each request: find the election in the address and the official, and let nobody past who may not pass."""
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        abort(404)
    _refuse_what_cannot_be_kept()
    with one_look():
        g.election = _election_in_address()
        if rule is APPLICANT and signed_in_applicant() is None:
            return _ask_who_she_is()
        return _check_staff(rule) if rule.needs_staff else _check_device(rule)


def _check_staff(rule: Rule) -> Response | tuple[str, int] | None:
    official = signed_in_staff()
    if official is None:
        wanted = request.full_path if request.method == "GET" else None
        return redirect(url_for("entrance.sign_in", next=wanted))
    if official.must_change_password and request.endpoint not in {"entrance.password", "entrance.sign_out"}:
        return redirect(url_for("entrance.password"))
    if not _passes(rule, official, g.election):
        abort(403)
    return _check_device(rule)


def _check_device(rule: Rule) -> tuple[str, int] | None:
    if rule.device is None or device_here(rule.device, current_election().id) is not None:
        return None
    if rule.device is not Kind.DESK:
        abort(403)
    return render_template("checkin/no_device.html"), 403


def _ask_who_she_is() -> Response | tuple[str, int]:
    """Lead to where one says who one is; whoever sent a form too late is told so, and gets what she wrote back to copy."""
    begin = url_for("identity.identify", slug=current_election().slug, next=_wanted())
    if request.method != "POST" or not was_known():
        return redirect(begin)
    words = tuple(text for name, text in request.form.items() if name not in _NOT_TYPED and _is_prose(text))
    return render_template("identity/too_late.html", election=current_election(), begin=begin, words=words), 403


def _is_prose(text: str) -> bool:
    """Whether a text has several words: a choice, a code and a CPR number have not."""
    return len(text.split()) > 1 and any(sign.isalpha() for sign in text)


def _wanted() -> str | None:
    """Where to go on after saying who one is: the page asked for, or the page that sent a form."""
    rule = request.url_rule
    return request.path if rule is not None and "GET" in (rule.methods or ()) else None


def _passes(rule: Rule, official: Staff, election: Election | None) -> bool:
    if rule is FOUNDER:
        return official.may_found
    if not rule.roles:
        return True
    return election is not None and bool(rule.roles & current_roles())


def may_open(endpoint: str) -> bool:
    """Whether the signed-in official passes the rule of a page of the election in the address, so that a link may lead there."""
    rule, official = rule_of(current_app, endpoint), signed_in_staff()
    return rule is not None and official is not None and _passes(rule, official, g.get("election"))


def _refuse_what_cannot_be_kept() -> None:
    """An address that nothing here can have, and a form with a NUL, about which PostgreSQL cannot even be asked."""
    if not all(str(part).isprintable() for part in (request.view_args or {}).values()):
        abort(404)
    if any("\0" in text for texts in request.form.listvalues() for text in texts):
        abort(400)


def _election_in_address() -> Election | None:
    slug = (request.view_args or {}).get("slug")
    if slug is None:
        return None
    with reading() as connection:
        found = elections.by_slug(connection, slug)
    if found is None:
        abort(404)
    return found


def current_store() -> Store:
    """The store of the running app."""
    store: Store = current_app.extensions["store"]
    return store


def current_election() -> Election:
    """The election in the address of a route that names one."""
    found: Election | None = g.election
    if found is None:
        raise LookupError("the route names no election")
    return found


def is_rehearsal() -> bool:
    """Whether the page belongs to a rehearsal; in a house for rehearsals every page does, also before it holds an election."""
    election: Election | None = g.get("election")
    if election is not None:
        return election.rehearsal
    with current_store().reading() as connection:
        return house.is_rehearsal(connection)


def current_staff() -> Staff:
    """The official at a route that lets in officials only."""
    official = signed_in_staff()
    if official is None:
        raise LookupError("nobody is signed in")
    return official


def current_roles() -> frozenset[Role]:
    """What the signed-in official is appointed to at the election in the address; nothing for a stranger."""
    official: Staff | None = signed_in_staff()
    election: Election | None = g.get("election")
    if official is None or election is None:
        return frozenset()
    if "roles" not in g:
        with reading() as connection:
            g.roles = roles_of(connection, official.id, election.id)
    held: frozenset[Role] = g.roles
    return held
