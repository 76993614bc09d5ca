"""How a member of the board says on the shared laptop that she is there: by her own login and password, nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from votingapp.desks.poll.attending import AlreadyThere, Attended, NotNow, attend
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store
from votingapp.web.cosign import SamePerson, confirm, say

if TYPE_CHECKING:
    from votingapp.desks.poll.forms import AttendForm
    from votingapp.store.attendance import Ceremony


def take_attendance(form: AttendForm, ceremony: Ceremony) -> tuple[str, str]:
    """Check who fills in the form and keep that she is there; answers what to tell: good news, or else what is wrong."""
    first, election = current_staff(), current_election()
    member = confirm(current_store(), first, election, form.login.data, form.password.data, {Role.BOARD})
    if isinstance(member, SamePerson):  # the password was right: whoever is signed in attends like everybody else
        member = first
    if not isinstance(member, Staff):
        return "", say(member)
    match attend(current_store(), member, election, ceremony):
        case Attended():
            return str(_("%(name)s er til stede.", name=member.name)), ""
        case AlreadyThere():
            return str(_("%(name)s stod der allerede.", name=member.name)), ""
        case NotNow():
            return "", str(_("Afstemningen er ikke kommet hertil, eller den er kommet videre."))
